//! One request and its answer over one connection.

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::body::{Body, Incoming};

use super::connection::Connection;
use super::deadline::Deadlines;
use super::head;
use super::loss::{self, Progress};
use super::message::{Failure, Response};
use super::outgoing::Outgoing;

/// Sends a request and reads the answer to its end, within the deadlines and the limit of the body.
pub(super) async fn perform(
    connection: &mut Connection,
    request: Outgoing,
    deadlines: &Deadlines,
    limit: u64,
) -> Result<Response, Failure> {
    let recording = connection.recording().clone();
    let answer = connection.start(request);
    let begun = || recording.read(head::has_begun);
    let answer = deadlines.beginning(connection.drive(answer), begun).await?;
    let answer = answer.map_err(|error| loss::before_body(&error, &recording))?;
    recording.stop();
    let head = recording
        .read(head::read)
        .ok_or_else(|| loss::malformed("the head cannot be read".to_owned(), &recording))?;
    let status = answer.status().as_u16();
    let body = deadlines.whole(collect(connection, answer.into_body(), limit), true).await??;
    Ok(Response { status, headers: head.headers, body, oddities: head.oddities })
}

/// Up to which size a body is copied: a piece of the read buffer keeps the whole buffer alive, and from being used again.
const SMALL: usize = 4 * 1024;

/// Reads a body to its end; a large one that came in a single piece is not copied.
async fn collect(connection: &mut Connection, mut body: Incoming, limit: u64) -> Result<Bytes, Failure> {
    let promised = body.size_hint().exact();
    let mut pieces = Pieces::new(promised, limit)?;
    while let Some(frame) = connection.drive(body.frame()).await {
        let progress = Progress { received: pieces.length, promised };
        let frame = frame.map_err(|error| loss::within_body(&error, connection.recording(), progress))?;
        if let Ok(piece) = frame.into_data() {
            pieces.add(piece)?;
        }
    }
    Ok(pieces.join())
}

/// A body on its way.
struct Pieces {
    first: Bytes,
    joined: BytesMut,
    length: u64,
    promised: Option<u64>,
    limit: u64,
}

impl Pieces {
    fn new(promised: Option<u64>, limit: u64) -> Result<Self, Failure> {
        if promised.is_some_and(|promised| promised > limit) {
            return Err(Failure::BodyTooLarge { limit });
        }
        Ok(Self { first: Bytes::new(), joined: BytesMut::new(), length: 0, promised, limit })
    }

    fn add(&mut self, piece: Bytes) -> Result<(), Failure> {
        self.length += piece.len() as u64;
        if self.length > self.limit {
            return Err(Failure::BodyTooLarge { limit: self.limit });
        }
        if self.joined.is_empty() && self.first.is_empty() {
            self.first = piece;
        } else {
            self.append(&piece);
        }
        Ok(())
    }

    fn append(&mut self, piece: &[u8]) {
        if self.joined.is_empty() {
            let promised = self.promised.and_then(|promised| usize::try_from(promised).ok());
            self.joined.reserve(promised.unwrap_or(self.first.len() + piece.len()));
            self.joined.extend_from_slice(&std::mem::take(&mut self.first));
        }
        self.joined.extend_from_slice(piece);
    }

    fn join(self) -> Bytes {
        match self.first.len() {
            0 => self.joined.freeze(),
            1..=SMALL => Bytes::copy_from_slice(&self.first),
            _ => self.first,
        }
    }
}
