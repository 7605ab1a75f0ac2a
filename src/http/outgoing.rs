//! A request as the HTTP library wants it; nothing is added but what HTTP/1.1 demands.

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, HOST, HeaderName, HeaderValue, PROXY_AUTHORIZATION};
use http::{HeaderMap, Method, Uri};
use http_body_util::Full;

use super::message::{Failure, Headers, Request};
use super::proxy::Proxy;

/// The form in which a request goes to the HTTP library.
pub(super) type Outgoing = http::Request<Full<Bytes>>;

/// Methods whose meaning expects a body: without one they say so with a length of 0 (RFC 9110 §8.6).
const EXPECT_A_BODY: [Method; 3] = [Method::POST, Method::PUT, Method::PATCH];

/// Writes a request; one that cannot stand on the wire is [`Failure::Unsendable`].
///
/// For a proxy that passes it on it names the whole URL (RFC 9112 §3.2.2), and shows the proxy what it wants to see.
pub(super) fn write(request: &Request, forwarder: Option<&Proxy>) -> Result<Outgoing, Failure> {
    let method = Method::from_bytes(request.method.as_bytes())
        .map_err(|_| unsendable(format!("{:?} is not a method", request.method)))?;
    let path = request.url.request_target();
    let target = match forwarder {
        Some(_) => format!("http://{}{path}", request.url.authority()),
        None => path,
    };
    let uri =
        Uri::try_from(&target).map_err(|_| unsendable(format!("{target:?} is not a request target")))?;
    let mut headers = lines(&request.headers)?;
    if !headers.contains_key(HOST) {
        headers.insert(HOST, value("host", request.url.authority().as_bytes())?);
    }
    if let Some(shown) = forwarder.and_then(|proxy| proxy.authorization.as_ref()) {
        headers.insert(PROXY_AUTHORIZATION, value("proxy-authorization", shown.value().as_bytes())?);
    }
    let body = request.body.clone().unwrap_or_default();
    if body.is_empty() && (request.body.is_some() || EXPECT_A_BODY.contains(&method)) {
        headers.entry(CONTENT_LENGTH).or_insert(HeaderValue::from_static("0"));
    }
    let mut outgoing = http::Request::new(Full::new(body));
    *outgoing.method_mut() = method;
    *outgoing.uri_mut() = uri;
    *outgoing.headers_mut() = headers;
    Ok(outgoing)
}

fn lines(headers: &Headers) -> Result<HeaderMap, Failure> {
    let mut lines = HeaderMap::with_capacity(8);
    for (name, text) in headers.iter() {
        let line = HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| unsendable(format!("{name:?} is not a header name")))?;
        lines.append(line, value(name, text)?);
    }
    Ok(lines)
}

/// The value stays out of the message: it may be a secret.
fn value(name: &str, text: &[u8]) -> Result<HeaderValue, Failure> {
    HeaderValue::from_bytes(text).map_err(|_| {
        unsendable(format!("the value of header {name:?} holds a line break or control character"))
    })
}

fn unsendable(reason: String) -> Failure {
    Failure::Unsendable { reason }
}
