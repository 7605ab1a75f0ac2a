//! What is done to a connection for an answer with damage: bytes, pauses, ends. Plain data; sends nothing.

use std::time::Duration;

use bytes::Bytes;
use hyper::StatusCode;
use hyper::header::{CONNECTION, CONTENT_LENGTH};

use super::message::Answer;
use super::takeover::Fate;
use crate::mock::fault::Damage;
use crate::mock::fault::damage::{Amount, End, Part, Place};

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Act {
    /// These bytes of the answer leave at once.
    Send(Bytes),
    /// These bytes of the answer leave, and more behind them at once.
    Overfill(Bytes),
    /// These bytes leave, which are none of the answer's.
    Insert(&'static [u8]),
    /// These bytes leave piece by piece.
    Dribble { bytes: Bytes, piece: usize, every: Duration },
    /// Nothing is sent for this much of the mock's time, or for as long as the caller stays.
    Silence(Option<Duration>),
    /// What becomes of the connection.
    End(Fate),
}

impl Act {
    /// How many bytes of the answer leave with it.
    pub(super) fn bytes(&self) -> u64 {
        match self {
            Self::Send(bytes) | Self::Overfill(bytes) | Self::Dribble { bytes, .. } => bytes.len() as u64,
            Self::Insert(_) | Self::Silence(_) | Self::End(_) => 0,
        }
    }
}

/// What comes instead of an answer.
const GARBAGE: &[u8] = b"\x00\x01\xff this is no HTTP \xfe\r\n\r\n";
/// What comes behind an answer.
pub(super) const SURPLUS: &[u8] = b"more than was announced";
/// What stands where the size of a chunk belongs.
const NO_SIZE: &[u8] = b"no-size\r\n";
/// What comes before an answer that never comes.
const INTERIM: &[u8] =
    b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </>; rel=preload\r\n\r\n";
/// By how much the second of two lengths is larger.
const TOO_MUCH: usize = 7;

/// The steps for this answer.
pub(super) fn acts(damage: Damage, answer: &Answer, bodiless: bool, persistent: bool) -> Vec<Act> {
    let length = answer.body.len();
    let announced = !persistent && damage != Damage::CloseAfter;
    let whole = Pieces {
        body: if bodiless { Bytes::new() } else { answer.body.clone() },
        head: head(answer, &framing(answer.status, length), announced),
    };
    match damage {
        Damage::Empty => vec![broken(End::Fin)],
        Damage::Reset { at } => whole.until(at, [broken(End::Rst)]),
        Damage::Finish { at } => whole.until(at, [broken(End::Fin)]),
        Damage::Truncate { at, end } => whole.truncated(at, broken(end)),
        Damage::BadChunk => bad_chunk(answer, &whole.body),
        Damage::Garbage => vec![Act::Insert(GARBAGE), broken(End::Fin)],
        Damage::Hang { at, time } => whole.until(at, [Act::Silence(time), broken(End::Fin)]),
        Damage::ExtraBytes => vec![Act::Overfill([whole.head, whole.body].concat().into())],
        Damage::ConflictingLength => {
            let lengths = format!("content-length: {length}\r\ncontent-length: {}\r\n", length + TOO_MUCH);
            let head = head(answer, &lengths, announced);
            Pieces { head, ..whole }.until(Place::End, [broken(End::Fin)])
        }
        Damage::EarlyHintThenDrop { end } => vec![Act::Insert(INTERIM), broken(end)],
        Damage::CloseAfter => whole.until(Place::End, [Act::End(Fate::Closed)]),
        Damage::StaleKeepalive { end } => whole.until(Place::End, [Act::End(Fate::Stale(end))]),
        Damage::Dribble { part, bytes, every } => whole.dribbled(part, bytes, every),
    }
}

fn broken(end: End) -> Act {
    Act::End(Fate::Broken(end))
}

struct Pieces {
    head: Bytes,
    body: Bytes,
}

impl Pieces {
    fn until<const N: usize>(self, place: Place, then: [Act; N]) -> Vec<Act> {
        let (head, body) = match place {
            Place::Start => (0, 0),
            Place::Head => (self.head.len(), 0),
            Place::Body(amount) => (self.head.len(), amount.of(self.body.len())),
            Place::End => (self.head.len(), self.body.len()),
        };
        let bytes = [&self.head[..head], &self.body[..body]].concat();
        let sent = (!bytes.is_empty()).then(|| Act::Send(bytes.into()));
        sent.into_iter().chain(then).collect()
    }

    /// Without its last byte at least; where there is no body, half of the head has to do.
    fn truncated(self, at: Amount, end: Act) -> Vec<Act> {
        let Some(most) = self.body.len().checked_sub(1) else {
            let half = self.head.slice(..self.head.len() / 2);
            return vec![Act::Send(half), end];
        };
        let bytes = at.of(self.body.len()).min(most);
        self.until(Place::Body(Amount::Bytes(bytes)), [end])
    }

    fn dribbled(self, part: Part, piece: usize, every: Duration) -> Vec<Act> {
        match part {
            Part::Head => vec![Act::Dribble { bytes: self.head, piece, every }, Act::Send(self.body)],
            Part::Body => vec![Act::Send(self.head), Act::Dribble { bytes: self.body, piece, every }],
        }
    }
}

fn bad_chunk(answer: &Answer, body: &Bytes) -> Vec<Act> {
    let (first, rest) = body.split_at(body.len() / 2);
    let mut bytes = head(answer, "transfer-encoding: chunked\r\n", false).to_vec();
    if !first.is_empty() {
        bytes.extend_from_slice(format!("{:x}\r\n", first.len()).as_bytes());
        bytes.extend_from_slice(first);
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(NO_SIZE);
    bytes.extend_from_slice(rest);
    vec![Act::Send(bytes.into()), broken(End::Fin)]
}

/// The line that says how long the body is; an answer that can have none needs no such line.
fn framing(status: StatusCode, length: usize) -> String {
    let none =
        status.is_informational() || [StatusCode::NO_CONTENT, StatusCode::NOT_MODIFIED].contains(&status);
    if none { String::new() } else { format!("content-length: {length}\r\n") }
}

/// Status line and header lines, up to the empty one.
fn head(answer: &Answer, framing: &str, closing: bool) -> Bytes {
    let status = answer.status;
    let reason = status.canonical_reason().unwrap_or_default();
    let mut head = format!("HTTP/1.1 {} {reason}\r\n", status.as_str()).into_bytes();
    let others = answer.headers.iter().filter(|(name, _)| ![CONTENT_LENGTH, CONNECTION].contains(name));
    for (name, value) in others {
        for part in [name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"] {
            head.extend_from_slice(part);
        }
    }
    let connection = if closing { "connection: close\r\n" } else { "" };
    for part in [framing, connection, "\r\n"] {
        head.extend_from_slice(part.as_bytes());
    }
    head.into()
}
