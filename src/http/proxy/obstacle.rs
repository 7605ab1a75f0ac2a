//! Why a proxy let a request not through.

use std::time::Duration;

use crate::http::message::Failure;

/// What stood in the way at a proxy; nothing of the request reached the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// The proxy itself could not be reached.
    Unreached(Box<Failure>),
    /// It asks for credentials, or does not take those that it was shown.
    Credentials {
        /// Whether it was shown some.
        shown: bool,
        /// The schemes that it offers, in its own spelling.
        schemes: Vec<String>,
    },
    /// It answered the request for a way to the server (`CONNECT`) with another status than 2xx.
    Refused {
        /// The host and port that were asked for.
        to: String,
        /// The status.
        status: u16,
    },
    /// It closed the connection instead of answering.
    Closed,
    /// What it answered is not HTTP/1.1.
    Malformed {
        /// The first bytes that came, readable.
        first_bytes: String,
    },
    /// It did not open the way within the deadline.
    Silent {
        /// The deadline, which counts connecting and TLS handshakes, too.
        after: Duration,
    },
}
