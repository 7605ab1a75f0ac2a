//! The way of one request through the proxy.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode};
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};

use super::address::Addresses;
use super::door::Door;
use super::{Opened, headers};
use crate::clock::Instant;
use crate::http::client::{Client, How};
use crate::http::message::{Answer, Exchange, Request, Response, Url};
use crate::outcome::failure;
use crate::record::tape::{Mishap, Tape, Taped};

/// How long an answer may take: held calls end long before, and a proxy that never gives up would never end.
const PATIENCE: Duration = Duration::from_hours(1);

/// After a failure to take a connection, such as too many open files, this is how long the next one waits.
const PAUSE: Duration = Duration::from_millis(50);

/// An answer to the client.
type Reply = http::Response<Full<Bytes>>;

/// Passes on what comes through its doors, and keeps a record.
pub struct Proxy {
    /// Everything that went through.
    pub tape: Tape,
    client: Client,
    doors: Vec<Arc<Door>>,
    longest_body: usize,
    epoch: Instant,
}

impl Proxy {
    /// A proxy for these doors; nothing is passed on before [`Proxy::serve`].
    pub fn new(client: Client, longest_body: u64, opened: &[Opened]) -> Self {
        Self {
            tape: Tape::default(),
            client,
            doors: opened.iter().map(|opened| Arc::clone(&opened.door)).collect(),
            longest_body: usize::try_from(longest_body).unwrap_or(usize::MAX),
            epoch: Instant::now(),
        }
    }

    /// Serves all doors for as long as it is polled.
    pub async fn serve(self: Arc<Self>, opened: Vec<Opened>) {
        let accepting =
            opened.into_iter().map(|Opened { door, listener }| Arc::clone(&self).accept(door, listener));
        futures_util::future::join_all(accepting).await;
    }

    async fn accept(self: Arc<Self>, door: Arc<Door>, listener: TcpListener) {
        loop {
            match listener.accept().await {
                Ok((stream, _)) => drop(tokio::spawn(Arc::clone(&self).converse(Arc::clone(&door), stream))),
                Err(_) => tokio::time::sleep(PAUSE).await,
            }
        }
    }

    async fn converse(self: Arc<Self>, door: Arc<Door>, stream: TcpStream) {
        let _ = stream.set_nodelay(true);
        let service = service_fn(move |request| {
            let (proxy, door) = (Arc::clone(&self), Arc::clone(&door));
            async move { Ok::<_, Infallible>(proxy.pass(&door, request).await) }
        });
        // A client that breaks off has been noted where it was waited for.
        let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
    }

    async fn pass(&self, door: &Door, request: http::Request<Incoming>) -> Reply {
        let (head, body) = request.into_parts();
        let what = format!("{} {}", head.method, head.uri.path());
        let body = match Limited::new(body, self.longest_body).collect().await {
            Ok(body) => body,
            Err(error) => return self.unread(what, error.is::<LengthLimitError>()),
        };
        let Some(request) = self.inward(door, &head, body.to_bytes()) else {
            return refusal(StatusCode::BAD_REQUEST, "the request names no path below the target's origin");
        };
        let watch = Watch { tape: &self.tape, what: Some(what) };
        let exchange = self.client.send(request, self.how(&head.method)).await;
        watch.has_ended();
        let reply = self.outward(door, &exchange);
        self.tape.add(Taped { profile: door.profile.clone(), exchange });
        reply
    }

    /// The answer to a request whose body did not come whole, or is too long for the target.
    fn unread(&self, what: String, is_too_long: bool) -> Reply {
        if is_too_long {
            self.tape.note(Mishap::TooLong(what));
            let reason = "the body is longer than `limits.body` of the target file";
            return refusal(StatusCode::PAYLOAD_TOO_LARGE, reason);
        }
        self.tape.note(Mishap::BrokenOff(what));
        refusal(StatusCode::BAD_REQUEST, "the body is not whole")
    }

    /// The request as the target gets it.
    fn inward(&self, door: &Door, head: &http::request::Parts, body: Bytes) -> Option<Request> {
        let path = head.uri.path_and_query()?.as_str();
        let url = Url::parse(&format!("{}{path}", door.there())).ok()?;
        let addresses = Addresses::inward(door, &self.doors());
        let headers = addresses.turn_headers(&headers::inward(&head.headers));
        let has_body = !body.is_empty() || head.headers.contains_key(http::header::CONTENT_LENGTH);
        let body = has_body.then(|| addresses.turn_body(&headers, body));
        Some(Request { method: head.method.as_str().to_owned(), url, headers, body })
    }

    /// The answer as the client gets it: that of the target, or why there is none.
    fn outward(&self, door: &Door, exchange: &Exchange) -> Reply {
        match &exchange.answer {
            Answer::Response(response) => {
                self.look_abroad(&exchange.request, response);
                let addresses = Addresses::outward(door, &self.doors());
                reply(response, &exchange.request.method, &addresses)
            }
            Answer::None(why) => refusal(StatusCode::BAD_GATEWAY, &failure::describe(why)),
        }
    }

    /// Where a redirect leads elsewhere, the client goes there by itself.
    fn look_abroad(&self, request: &Request, response: &Response) {
        let location = response.headers.first("location").and_then(|text| request.url.resolve(&text).ok());
        let Some(origin) = location.map(|url| url.origin()) else { return };
        if self.doors.iter().all(|door| door.origin() != origin) {
            self.tape.note(Mishap::Foreign(origin));
        }
    }

    fn doors(&self) -> Vec<&Door> {
        self.doors.iter().map(Arc::as_ref).collect()
    }

    fn how(&self, method: &http::Method) -> How {
        How {
            epoch: self.epoch,
            first_byte: PATIENCE,
            total: PATIENCE,
            may_create: !method.is_safe(),
            cut_after: None,
            fresh: false,
        }
    }
}

/// Notices that nobody waits for an answer any more: then the future that holds it is dropped.
struct Watch<'a> {
    tape: &'a Tape,
    what: Option<String>,
}

impl Watch<'_> {
    fn has_ended(mut self) {
        self.what = None;
    }
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        if let Some(what) = self.what.take() {
            self.tape.note(Mishap::HungUp(what));
        }
    }
}

fn reply(response: &Response, method: &str, addresses: &Addresses) -> Reply {
    let body = addresses.turn_body(&response.headers, response.body.clone());
    let mut reply = http::Response::new(Full::new(body));
    *reply.status_mut() = StatusCode::from_u16(response.status).unwrap_or(StatusCode::BAD_GATEWAY);
    let mut lines = addresses.turn_headers(&headers::outward(&response.headers));
    // What the answer to a GET would be long is all that the answer to a HEAD says of its body.
    if let Some(length) = response.headers.first("content-length").filter(|_| method == "HEAD") {
        lines.push("content-length", length);
    }
    for (name, value) in lines.iter() {
        let line = HeaderName::from_bytes(name.as_bytes()).ok().zip(HeaderValue::from_bytes(value).ok());
        if let Some((name, value)) = line {
            reply.headers_mut().append(name, value);
        }
    }
    reply
}

/// An answer of the proxy itself.
fn refusal(status: StatusCode, reason: &str) -> Reply {
    let mut reply = http::Response::new(Full::new(format!("orchspec record: {reason}\n").into()));
    *reply.status_mut() = status;
    reply
}
