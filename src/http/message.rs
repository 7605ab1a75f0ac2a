//! Requests, answers and exchanges as plain data, in the order and spelling in which they travelled.

use std::time::Duration;

use bytes::Bytes;

pub use super::proxy::Obstacle;
pub use super::text::{Text, codings, readable, shown};
pub use super::url::{Origin, Url, is_uri_reference};

/// Header lines in wire order; names keep their spelling, repeated names stay repeated.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Headers(Vec<(String, Vec<u8>)>);

impl Headers {
    /// Adds a line at the end.
    pub fn push(&mut self, name: impl Into<String>, value: impl Into<Vec<u8>>) {
        self.0.push((name.into(), value.into()));
    }

    /// All values of a name, in order; names are compared without case.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a [u8]> {
        self.0
            .iter()
            .filter(move |(own, _)| own.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_slice())
    }

    /// The first value of a name, as text; bytes that are no UTF-8 are shown as `\xNN`.
    pub fn first(&self, name: &str) -> Option<String> {
        self.all(name).next().map(readable)
    }

    /// Every line.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_slice()))
    }

    /// Takes out every line of a name.
    pub fn remove(&mut self, name: &str) {
        self.0.retain(|(own, _)| !own.eq_ignore_ascii_case(name));
    }

    /// Whether there is no line at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What the harness sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The method, as it goes on the wire.
    pub method: String,
    /// Where to.
    pub url: Url,
    /// Headers besides `Host` and `Content-Length`, which the client adds.
    pub headers: Headers,
    /// The body. Without one no `Content-Length` is sent either, but for methods that are expected to carry a
    /// body (`POST`, `PUT`, `PATCH`): there it is `0` (RFC 9110 §8.6).
    pub body: Option<Bytes>,
}

/// A complete answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// The header lines.
    pub headers: Headers,
    /// The body, without its framing.
    pub body: Bytes,
    /// What was odd about the message although it could be read.
    pub oddities: Vec<Oddity>,
}

impl Response {
    /// An answer that the harness itself gives: a status and a text.
    pub fn plain(status: u16, text: &str) -> Self {
        let mut headers = Headers::default();
        headers.push("content-type", "text/plain; charset=utf-8");
        Self { status, headers, body: Bytes::copy_from_slice(text.as_bytes()), oddities: Vec::new() }
    }

    /// The body as text.
    pub fn text(&self) -> Text {
        Text::of(&self.headers, &self.body)
    }

    /// The body for people.
    pub fn shown(&self) -> String {
        shown(&self.headers, &self.body)
    }
}

/// Something about an answer's framing that a lenient client would not notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Oddity {
    /// Bytes came after the end of the body.
    BytesAfterBody,
    /// Both `Content-Length` and `Transfer-Encoding` (RFC 9112 §6.3).
    LengthAndChunked,
    /// Several `Content-Length` lines that say the same.
    RepeatedLength,
}

impl Oddity {
    /// What a reader is told of it.
    pub fn words(self) -> &'static str {
        match self {
            Self::BytesAfterBody => "bytes after the body",
            Self::LengthAndChunked => "Content-Length beside Transfer-Encoding",
            Self::RepeatedLength => "Content-Length more than once",
        }
    }
}

/// Why there is no complete answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// Nobody listens there.
    Refused,
    /// The host name has no address.
    Dns {
        /// What the resolver said.
        reason: String,
    },
    /// The connection could not be made for another reason.
    Unreachable {
        /// What the system said.
        reason: String,
    },
    /// No connection within the deadline.
    ConnectDeadline {
        /// The deadline.
        after: Duration,
    },
    /// The TLS handshake failed.
    Tls {
        /// What the TLS library said.
        reason: String,
    },
    /// The proxy on the way to the server did not let the request through.
    Proxy {
        /// Where the proxy listens.
        proxy: Origin,
        /// What stood in the way.
        obstacle: Obstacle,
    },
    /// The connection was closed before the first byte of an answer.
    Closed,
    /// The connection was reset or closed in the midst of the answer.
    Cut {
        /// Bytes of the body that had come, if the head had.
        received: Option<u64>,
        /// Bytes that the head had promised, if it did.
        promised: Option<u64>,
        /// Whether it was a reset rather than an orderly close.
        reset: bool,
    },
    /// Not a byte of the answer, or not the rest of it, came within the deadline.
    Silence {
        /// The deadline.
        after: Duration,
        /// Whether something had come before the silence.
        begun: bool,
    },
    /// What came is not an HTTP/1.1 answer.
    Malformed {
        /// What is wrong with it.
        reason: String,
        /// The first bytes that came, readable.
        first_bytes: String,
    },
    /// The body is longer than the target file allows.
    BodyTooLarge {
        /// `limits.body`, in bytes.
        limit: u64,
    },
    /// The head, its interim ones before it included, or the trailer is longer than the harness reads.
    HeadTooLong {
        /// So much is read, in bytes.
        limit: usize,
    },
    /// The head or the trailer has more lines than the harness reads.
    TooManyLines {
        /// So many are read.
        limit: usize,
    },
    /// The harness itself cut the connection, as the scenario ordered (`disturb`).
    CutByHarness,
    /// The request was not sent: it cannot be written as an HTTP/1.1 message.
    Unsendable {
        /// What cannot be written.
        reason: String,
    },
    /// The request was not sent: its origin is not one the target file allows.
    ForeignOrigin {
        /// The origin.
        origin: Origin,
    },
}

impl Failure {
    /// Whether it happened before anything of the request reached the server: the environment is at fault, not its answer.
    pub fn is_environment(&self) -> bool {
        matches!(
            self,
            Self::Refused
                | Self::Dns { .. }
                | Self::Unreachable { .. }
                | Self::ConnectDeadline { .. }
                | Self::Tls { .. }
                | Self::Proxy { .. }
                | Self::Unsendable { .. }
        )
    }

    /// Whether the harness itself broke off: that says nothing about the server.
    pub fn is_own(&self) -> bool {
        matches!(
            self,
            Self::ForeignOrigin { .. }
                | Self::CutByHarness
                | Self::BodyTooLarge { .. }
                | Self::HeadTooLong { .. }
                | Self::TooManyLines { .. }
        )
    }
}

/// What came of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// A complete answer.
    Response(Response),
    /// None, or only a part of one.
    None(Failure),
}

impl Answer {
    /// The complete answer, if there is one.
    pub fn response(&self) -> Option<&Response> {
        match self {
            Self::Response(response) => Some(response),
            Self::None(_) => None,
        }
    }
}

/// When things happened, counted from the start of the test case on its monotonic clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timing {
    /// The request began to be written (connecting is not counted).
    pub sent: Duration,
    /// The first byte of the answer came.
    pub first_byte: Option<Duration>,
    /// The answer was complete, or was given up.
    pub complete: Duration,
}

impl Timing {
    /// From the request to the end of the answer.
    pub fn total(&self) -> Duration {
        self.complete.saturating_sub(self.sent)
    }

    /// From the request to the first byte, or to the end where none came.
    pub fn held(&self) -> Duration {
        self.first_byte.unwrap_or(self.complete).saturating_sub(self.sent)
    }
}

/// One request and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// What was sent.
    pub request: Request,
    /// What came.
    pub answer: Answer,
    /// When.
    pub timing: Timing,
    /// Whether the request went over a connection that had been used before.
    pub reused: bool,
    /// Whether it had to be sent a second time because the first, pooled connection was found closed.
    pub resent: bool,
    /// Whether the first, pooled connection was found closed and the request could not be sent a second time, because
    /// nobody knows whether it arrived.
    pub lost: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_keep_order_spelling_and_repeats() {
        let mut headers = Headers::default();
        headers.push("X-One", "1");
        headers.push("location", "/a");
        headers.push("Location", "/b");
        assert_eq!(headers.all("LOCATION").count(), 2);
        assert_eq!(headers.first("Location").as_deref(), Some("/a"));
        assert_eq!(
            headers.iter().map(|(name, _)| name).collect::<Vec<_>>(),
            ["X-One", "location", "Location"]
        );
    }
}
