//! An answer as its golden copy: status, the headers that mean something, and the body, redacted. No I/O, and no
//! comparison either.

use serde_json::Value;

use super::digest::sha256;
use super::redact::Redaction;
use crate::http::message::{Response, Text, readable};

/// The headers that belong to what a server says; the others belong to how it is built and to the moment.
pub(super) const HEADERS: [&str; 7] = [
    "content-type",
    "content-disposition",
    "location",
    "allow",
    "www-authenticate",
    "retry-after",
    "cache-control",
];

/// The golden copy of an answer.
pub fn snapshot(response: &Response, redaction: &mut Redaction<'_>) -> String {
    let mut lines = vec![format!("status: {}", response.status)];
    for name in HEADERS {
        for value in response.headers.all(name) {
            lines.push(format!("{name}: {}", redaction.header(name, &readable(value))));
        }
    }
    lines.push(String::new());
    lines.push(body(response, redaction));
    lines.join("\n")
}

fn body(response: &Response, redaction: &mut Redaction<'_>) -> String {
    let bytes = &response.body;
    if bytes.is_empty() {
        return "(no body)".to_owned();
    }
    if let Ok(value) = serde_json::from_slice::<Value>(bytes) {
        return redaction.json(&value);
    }
    match response.text() {
        Text::Whole(text) if !text.chars().any(is_binary) => redaction.text(&text.replace('\r', "\\r")),
        _ => format!("({} bytes, sha256 {})", bytes.len(), sha256(bytes)),
    }
}

fn is_binary(letter: char) -> bool {
    letter.is_control() && !"\n\r\t".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::message::{Headers, Url};
    use crate::target::Masks;
    use rstest::rstest;

    fn taken(headers: &[(&str, &str)], body: &'static [u8]) -> String {
        let mut lines = Headers::default();
        for (name, value) in headers {
            lines.push(*name, *value);
        }
        let response = Response { status: 202, headers: lines, body: body.into(), oddities: Vec::new() };
        let masks = Masks::default();
        let base = Url::parse("http://host/base").unwrap();
        snapshot(&response, &mut Redaction::new(&masks, &base, Vec::new()))
    }

    #[rstest]
    #[case::nothing(b"", "(no body)")]
    #[case::json(b"{\"b\":[],\"a\":1}", "{\n  \"a\": 1,\n  \"b\": []\n}")]
    #[case::json_text(b"\"done\"", "\"done\"")]
    #[case::text(b"done\r\nat 2026-11-22T01:17:01Z\n", "done\\r\nat [instant]\n")]
    #[case::bytes(
        b"a\x00",
        "(2 bytes, sha256 ffe9aaeaa2a2d5048174df0b80599ef0197ec024c4b051bc9860cff58ef7f9f3)"
    )]
    #[case::other_encoding(
        b"\xff",
        "(1 bytes, sha256 a8100ae6aa1940d0b663bb31cd466142ebbdbd5187131b92d93818987832eb89)"
    )]
    fn a_body_is_shown_as_what_it_is(#[case] body: &'static [u8], #[case] expected: &str) {
        assert_eq!(taken(&[], body), format!("status: 202\n\n{expected}"));
    }

    #[test]
    fn text_is_kept_in_its_charset() {
        let latin = [("Content-Type", "text/plain; charset=iso-8859-1")];
        assert!(taken(&latin, b"Gr\xfc\xdfe").ends_with("\n\nGrüße"));
        assert!(taken(&latin, b"a\x00").contains("(2 bytes, "));
    }

    #[test]
    fn only_headers_that_mean_something_are_kept_in_an_order_of_their_own() {
        let sent = [
            ("Date", "Sun, 22 Nov 2026 01:17:01 GMT"),
            ("Location", "http://host/base/jobs/17"),
            ("Allow", "GET"),
            ("Allow", "POST"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Retry-After", "2"),
            ("Connection", "close"),
        ];
        let expected = "status: 202\ncontent-type: text/plain; charset=utf-8\nlocation: [base]/jobs/[id-1]\n\
            allow: GET\nallow: POST\nretry-after: 2\n\n(no body)";
        assert_eq!(taken(&sent, b""), expected);
    }
}
