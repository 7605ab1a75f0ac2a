//! A request as it was read and an answer as it will be written. Plain data, no sockets.

use bytes::Bytes;
use hyper::header::{CACHE_CONTROL, CONTENT_TYPE, HOST, HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, StatusCode, Uri};
use serde::Serialize;
use serde_json::Value;

use super::delivery::Delivery;

/// One request, read to its end.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) method: Method,
    /// How the caller reached the server: `http` or `https`.
    pub(crate) scheme: &'static str,
    /// The authority in its target, which callers of a proxy write.
    pub(crate) authority: Option<String>,
    /// The part of the path that led to the server, not to anything in it.
    pub(crate) prefix: String,
    pub(crate) path: String,
    /// The entries of the query, decoded, in their order.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The connection that it came on, the first of its session being 1.
    pub(crate) connection: u64,
}

impl Request {
    pub(in crate::mock) fn new(method: Method, uri: &Uri, headers: HeaderMap, body: Bytes) -> Self {
        let query = uri.query().map(parse_query).unwrap_or_default();
        Self {
            method,
            scheme: "http",
            authority: uri.authority().map(ToString::to_string),
            prefix: String::new(),
            path: uri.path().to_owned(),
            query,
            headers,
            body,
            connection: 0,
        }
    }

    /// Copies what still lies where the connection read it, so that a call which waits does not keep all of that.
    pub(super) fn detach(&mut self) {
        for value in self.headers.values_mut() {
            // A copy of a value is a value.
            if let Ok(copy) = HeaderValue::from_bytes(value.as_bytes()) {
                *value = copy;
            }
        }
        self.body = Bytes::copy_from_slice(&self.body);
    }

    /// Takes the prefix off the path; whether it was there.
    pub(in crate::mock) fn take_prefix(&mut self, prefix: &str) -> bool {
        if prefix.is_empty() {
            return true;
        }
        let Some(path) = self.path.strip_prefix(prefix).map(str::to_owned) else { return false };
        self.prefix.push_str(prefix);
        self.path = path;
        true
    }

    pub(crate) fn header(&self, name: &HeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The first entry of the query with this name.
    pub(crate) fn query_entry(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// How many bytes there are to remember of it.
    pub(crate) fn weight(&self) -> usize {
        self.body.len() + self.query.iter().map(|(name, value)| name.len() + value.len()).sum::<usize>()
    }

    /// Scheme and authority as the caller addressed them: a target with an origin outweighs `Host` (RFC 9112 §3.2.2).
    pub(crate) fn origin(&self) -> String {
        let authority = self.authority.as_deref().or_else(|| self.header(&HOST));
        format!("{}://{}", self.scheme, authority.unwrap_or("localhost"))
    }
}

/// One answer.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// How it goes over the wire.
    pub(crate) delivery: Delivery,
}

impl Answer {
    pub(crate) fn empty(status: StatusCode) -> Self {
        // Room for what nearly every answer says, so that none of it has to be moved.
        let headers = HeaderMap::with_capacity(6);
        Self { status, headers, body: Bytes::new(), delivery: Delivery::default() }
    }

    pub(crate) fn json(status: StatusCode, body: &impl Serialize) -> Self {
        let mut text = Vec::with_capacity(128);
        // Values are written without fail, and a vector takes what it is given.
        let _ = serde_json::to_writer(&mut text, body);
        Self::text(status, "application/json; charset=utf-8", text)
    }

    pub(crate) fn text(status: StatusCode, media_type: &'static str, body: impl Into<Bytes>) -> Self {
        let mut answer = Self { body: body.into(), ..Self::empty(status) };
        answer.headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
        answer
    }

    /// Adds a header; a value that no header can hold is left out.
    pub(crate) fn with(mut self, name: HeaderName, value: &str) -> Self {
        self.set(name, value);
        self
    }

    /// The same, which no cache may keep.
    pub(crate) fn unstored(mut self) -> Self {
        self.headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        self
    }

    pub(crate) fn set(&mut self, name: HeaderName, value: &str) {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(name, value);
        }
    }

    pub(crate) fn header(&self, name: &HeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The body as JSON, if it is JSON.
    pub(crate) fn value(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// Rewrites a JSON body in place; any other body stays.
    pub(crate) fn rewrite(&mut self, change: impl FnOnce(&mut Value)) {
        if let Some(mut value) = self.value() {
            change(&mut value);
            self.body = value.to_string().into();
        }
    }
}

fn parse_query(text: &str) -> Vec<(String, String)> {
    let entries = text.split('&').filter(|entry| !entry.is_empty());
    entries
        .map(|entry| entry.split_once('=').unwrap_or((entry, "")))
        .map(|(k, v)| (decode(k), decode(v)))
        .collect()
}

/// Undoes percent and plus encoding; what is not a valid escape stays as it is.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let escaped = if first == b'%' { escape(tail) } else { None };
        bytes.push(escaped.unwrap_or(if first == b'+' { b' ' } else { first }));
        rest = if escaped.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn escape(tail: &[u8]) -> Option<u8> {
    let digits = std::str::from_utf8(tail.get(..2)?).ok()?;
    u8::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("a=1&b=two", &[("a", "1"), ("b", "two")])]
    #[case("%24callMode=LongPolling", &[("$callMode", "LongPolling")])]
    #[case("text=a+b%20c%C3%A9", &[("text", "a b cé")])]
    #[case("broken=%zz%4&flag", &[("broken", "%zz%4"), ("flag", "")])]
    #[case("a=1&&a=2=3", &[("a", "1"), ("a", "2=3")])]
    fn a_query_is_decoded_entry_by_entry(#[case] text: &str, #[case] expected: &[(&str, &str)]) {
        let entries = parse_query(text);
        let entries: Vec<_> = entries.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        assert_eq!(entries, expected);
    }
}
