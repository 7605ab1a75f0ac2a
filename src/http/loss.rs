//! What a broken exchange was broken by, from the library's error and what the stream remembers.

use std::error::Error;
use std::io::ErrorKind::{InvalidData, InvalidInput};

use super::handshake;
use super::head;
use super::message::{Failure, readable};
use super::wire::Recording;

/// How many of the first bytes a message shows.
pub(super) const SHOWN: usize = 64;

/// Why no head of an answer came.
pub(super) fn before_body(error: &hyper::Error, recording: &Recording) -> Failure {
    if error.is_parse_too_large() || recording.is_overrun() {
        return if recording.read(head::has_too_many_lines) { too_many_lines() } else { too_long(recording) };
    }
    if error.is_parse() {
        return malformed(in_own_words(&error.to_string()), recording);
    }
    let cause = error.source().and_then(<dyn Error>::downcast_ref::<std::io::Error>);
    if let Some(reason) = cause.and_then(handshake::refused_late)
        && recording.read(<[u8]>::is_empty)
    {
        return Failure::Tls { reason };
    }
    lost(recording)
}

/// Why the body did not come to its end.
pub(super) fn within_body(error: &hyper::Error, recording: &Recording, progress: Progress) -> Failure {
    let cause = error.source().and_then(<dyn Error>::downcast_ref::<std::io::Error>);
    match cause {
        Some(cause) if matches!(cause.kind(), InvalidData | InvalidInput) => {
            within_chunks(&cause.to_string().to_lowercase(), recording)
        }
        _ => cut(Some(progress.received), progress.promised, recording),
    }
}

/// What the library holds against a body in chunks, or against the trailer behind it.
fn within_chunks(words: &str, recording: &Recording) -> Failure {
    match words {
        "chunk trailers count overflow" => too_many_lines(),
        "chunk trailers bytes over limit" => too_long(recording),
        _ => malformed(in_own_words(words), recording),
    }
}

fn too_many_lines() -> Failure {
    Failure::TooManyLines { limit: head::MOST_LINES }
}

fn too_long(recording: &Recording) -> Failure {
    Failure::HeadTooLong { limit: recording.longest_head() }
}

/// What the library says, and what that means to somebody who looks at the answer.
const WORDS: [(&str, &str); 6] = [
    ("HTTP version", "it does not begin with HTTP/1.1 or HTTP/1.0"),
    ("status-code", "its first line has no status code of three digits"),
    ("HTTP header", "a line of its head is not a name, a colon and a value"),
    ("content-length", "its Content-Length is no number, or there are several"),
    ("transfer-encoding", "its Transfer-Encoding does not end with chunked"),
    ("chunk", "the length of a chunk of its body cannot be read"),
];

/// The library's words where it has found something else.
fn in_own_words(words: &str) -> String {
    let known = WORDS.iter().find(|(library, _)| words.contains(library));
    known.map_or(words, |(_, own)| own).to_owned()
}

/// How far a body had come.
#[derive(Clone, Copy)]
pub(super) struct Progress {
    /// Bytes that came.
    pub(super) received: u64,
    /// Bytes that the head had promised, if it did.
    pub(super) promised: Option<u64>,
}

/// An answer that is none.
pub(super) fn malformed(reason: String, recording: &Recording) -> Failure {
    let first_bytes = recording.read(|bytes| readable(&bytes[..bytes.len().min(SHOWN)]));
    Failure::Malformed { reason, first_bytes }
}

fn lost(recording: &Recording) -> Failure {
    let begun = recording.read(head::has_begun);
    if begun && recording.read(is_foreign) {
        return malformed(WORDS[0].1.to_owned(), recording);
    }
    if begun || recording.is_reset() { cut(None, None, recording) } else { Failure::Closed }
}

/// Whether it is another protocol: somebody who greets before being asked is not waited for by the library.
fn is_foreign(bytes: &[u8]) -> bool {
    bytes.iter().zip(b"HTTP/").any(|(came, expected)| came != expected)
}

fn cut(received: Option<u64>, promised: Option<u64>, recording: &Recording) -> Failure {
    Failure::Cut { received, promised, reset: recording.is_reset() }
}
