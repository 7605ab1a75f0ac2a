//! The head of an answer as it stood on the wire: order, spelling and repeats of its lines, and what is odd about it.

use std::mem::MaybeUninit;

use httparse::{Error, ParserConfig, Response, Status};

use super::message::{Headers, Oddity};

/// The most header lines of an answer that are read. HTTP sets no limit (RFC 9110 §5.4): an answer with more is
/// nobody's fault.
pub(super) const MOST_LINES: usize = 256;

/// The final head of an answer.
pub(super) struct Head {
    /// The header lines.
    pub(super) headers: Headers,
    /// What is odd about its framing.
    pub(super) oddities: Vec<Oddity>,
}

/// Reads the final head, the one after all informational ones; nothing if the bytes hold no complete one.
pub(super) fn read(bytes: &[u8]) -> Option<Head> {
    parse(&bytes[start(bytes)..], |answer, _| {
        let headers = lines_of(answer);
        let oddities = oddities(&headers);
        Head { headers, oddities }
    })
    .ok()?
}

/// The bytes are no head, and will be none whatever follows.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NoHead;

/// Status and lines of the final head, once it is complete.
pub(super) fn status(bytes: &[u8]) -> Result<Option<(u16, Headers)>, NoHead> {
    match parse(&bytes[start(bytes)..], |answer, _| Some((answer.code?, lines_of(answer)))) {
        Ok(None) => Ok(None),
        Ok(Some(head)) => head.map(Some).ok_or(NoHead),
        Err(_) => Err(NoHead),
    }
}

/// Whether a head has more lines than are read.
pub(super) fn has_too_many_lines(bytes: &[u8]) -> bool {
    matches!(parse(&bytes[start(bytes)..], |_, _| ()), Err(Error::TooManyHeaders))
}

/// Where the final answer begins: behind the informational ones (RFC 9110 §15.2).
pub(super) fn start(bytes: &[u8]) -> usize {
    let mut start = 0;
    while let Ok(Some(Some(length))) = parse(&bytes[start..], informational) {
        start += length;
    }
    start
}

/// Whether the final answer has begun.
pub(super) fn has_begun(bytes: &[u8]) -> bool {
    start(bytes) < bytes.len()
}

/// The length of a head that announces that another one follows. `101` does not: it ends HTTP on the connection.
fn informational(answer: &Response<'_, '_>, length: usize) -> Option<usize> {
    answer.code.is_some_and(|code| (100..200).contains(&code) && code != 101).then_some(length)
}

fn lines_of(answer: &Response<'_, '_>) -> Headers {
    let mut headers = Headers::default();
    for line in answer.headers.iter() {
        headers.push(line.name, line.value);
    }
    headers
}

/// What `reader` makes of a head and its length; nothing as long as the head is not complete.
fn parse<T>(bytes: &[u8], reader: impl FnOnce(&Response<'_, '_>, usize) -> T) -> Result<Option<T>, Error> {
    let mut lines = [const { MaybeUninit::uninit() }; MOST_LINES];
    let mut answer = Response::new(&mut []);
    match ParserConfig::default().parse_response_with_uninit_headers(&mut answer, bytes, &mut lines)? {
        Status::Complete(length) => Ok(Some(reader(&answer, length))),
        Status::Partial => Ok(None),
    }
}

fn oddities(headers: &Headers) -> Vec<Oddity> {
    let lengths = headers.all("content-length").count();
    let chunked = headers.all("transfer-encoding").next().is_some();
    let mut oddities = Vec::new();
    if lengths > 0 && chunked {
        oddities.push(Oddity::LengthAndChunked);
    }
    if lengths > 1 {
        oddities.push(Oddity::RepeatedLength);
    }
    oddities
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[test]
    fn lines_keep_order_spelling_and_repeats() {
        let head =
            read(b"HTTP/1.1 200 OK\r\nX-One: 1\r\nSET-cookie: a\r\nx-two:  2 \r\nset-cookie: b\r\n\r\n")
                .unwrap();
        let lines: Vec<_> = head.headers.iter().collect();
        let expected: [(&str, &[u8]); 4] =
            [("X-One", b"1"), ("SET-cookie", b"a"), ("x-two", b"2"), ("set-cookie", b"b")];
        assert_eq!(lines, expected);
    }

    #[rstest]
    #[case(b"HTTP/1.1 200 OK\r\n\r\n", 0)]
    #[case(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", 25)]
    #[case(b"HTTP/1.1 102 \r\n\r\nHTTP/1.1 103 \r\nLink: x\r\n\r\nHTTP/1.1", 43)]
    #[case(b"HTTP/1.1 101 Switching Protocols\r\n\r\n", 0)]
    #[case(b"garbage", 0)]
    #[case(b"", 0)]
    fn informational_heads_are_skipped(#[case] bytes: &[u8], #[case] expected: usize) {
        assert_eq!(start(bytes), expected);
    }

    #[rstest]
    #[case("Content-Length: 1", &[])]
    #[case("Content-Length: 1\r\ncontent-length: 1", &[Oddity::RepeatedLength])]
    #[case("Content-Length: 1\r\nTransfer-Encoding: chunked", &[Oddity::LengthAndChunked])]
    fn contradictory_framing_is_odd(#[case] lines: &str, #[case] expected: &[Oddity]) {
        let head = read(format!("HTTP/1.1 200 OK\r\n{lines}\r\n\r\n").as_bytes()).unwrap();
        assert_eq!(head.oddities, expected);
    }

    #[test]
    fn half_a_head_is_none() {
        assert!(read(b"HTTP/1.1 200 OK\r\nX: 1\r\n").is_none());
    }
}
