//! An exchange as it goes into reports: text, masked, bodies cut to a bounded length.

use std::time::Duration;

/// A message's lines and body as text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recorded {
    /// Header lines in wire order.
    pub headers: Vec<(String, String)>,
    /// The body, or its beginning.
    pub body: String,
    /// The body's whole length in bytes.
    pub body_length: usize,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordedAnswer {
    /// An answer.
    Response {
        /// Its status code.
        status: u16,
        /// Its lines and body.
        message: Recorded,
    },
    /// None; in words (`closed before the first byte of an answer`).
    None(String),
}

/// One exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedExchange {
    /// Number and name of the step: `2, "poll until the job ends"`.
    pub step: String,
    /// The principal.
    pub principal: String,
    /// The method.
    pub method: String,
    /// The URL.
    pub url: String,
    /// What was sent.
    pub request: Recorded,
    /// What came.
    pub answer: RecordedAnswer,
    /// When the request was sent, from the start of the case.
    pub sent: Duration,
    /// When the first byte of the answer came.
    pub first_byte: Option<Duration>,
    /// When the answer was complete.
    pub complete: Duration,
    /// What the harness did to it or made of it: `502 tolerated`, `answer hidden by the harness`, `sent again`.
    pub note: Option<String>,
    /// What was odd about the framing of the answer, though it could be read: `bytes after the body`.
    pub oddities: Vec<String>,
}

/// The note on a request whose connection, used before, the server closed without a byte of an answer: nobody knows
/// whether it arrived, and it may create something, so that the case starts over (RFC 9112 §9.5).
pub const LOST: &str = "lost: the pooled connection was found closed, and the case starts over";

impl RecordedExchange {
    /// Whether it was lost, so that its case began anew.
    pub fn is_lost(&self) -> bool {
        self.note.as_deref() == Some(LOST)
    }

    /// Whether the server called, and the harness answered.
    pub fn is_call_back(&self) -> bool {
        self.principal == super::SERVER
    }
}
