//! Addresses in headers and bodies: those of the target become the proxy's on the way to the client, and back.

use bytes::Bytes;

use super::door::Door;
use crate::http::message::{Headers, Url};

/// Media types whose text may hold links.
const TEXTS: [&str; 3] = ["json", "text/", "xml"];

/// Headers that hold an address and nothing else.
const ADDRESSES: [&str; 5] = ["location", "content-location", "operation-location", "referer", "origin"];

/// The addresses of all doors, in the order in which they are tried.
#[derive(Debug, Clone)]
pub(super) struct Addresses {
    pairs: Vec<(String, String)>,
}

impl Addresses {
    /// From the target to the client that came through this door.
    pub(super) fn outward(own: &Door, all: &[&Door]) -> Self {
        Self { pairs: sides(own, all).map(|door| (door.there().to_owned(), door.here.clone())).collect() }
    }

    /// From the client that came through this door to the target.
    pub(super) fn inward(own: &Door, all: &[&Door]) -> Self {
        Self { pairs: sides(own, all).map(|door| (door.here.clone(), door.there().to_owned())).collect() }
    }

    /// One address.
    pub(super) fn turn(&self, address: &str) -> String {
        let turned = self.pairs.iter().find_map(|(from, to)| {
            let at_from = Url::parse(from).ok()?.origin() == Url::parse(address).ok()?.origin();
            let (_, rest) = address.split_once("//")?;
            let path = rest.find(['/', '?', '#']).map_or("", |start| &rest[start..]);
            at_from.then(|| format!("{to}{path}"))
        });
        turned.unwrap_or_else(|| address.to_owned())
    }

    /// The headers, with every address turned.
    pub(super) fn turn_headers(&self, headers: &Headers) -> Headers {
        let mut turned = Headers::default();
        for (name, value) in headers.iter() {
            let holds_address = ADDRESSES.iter().any(|own| name.eq_ignore_ascii_case(own));
            match std::str::from_utf8(value).ok().filter(|_| holds_address) {
                Some(address) => turned.push(name, self.turn(address)),
                None => turned.push(name, value),
            }
        }
        turned
    }

    /// The body, with every address in it turned, if it is text; in JSON its slashes may be escaped.
    pub(super) fn turn_body(&self, headers: &Headers, body: Bytes) -> Bytes {
        let media_type = headers.first("content-type").unwrap_or_default().to_ascii_lowercase();
        let is_text = TEXTS.iter().any(|part| media_type.contains(part));
        let Some(text) = std::str::from_utf8(&body).ok().filter(|_| is_text) else { return body };
        let turned = self.pairs.iter().fold(text.to_owned(), |text, (from, to)| {
            replace(&replace(&text, from, to), &from.replace('/', "\\/"), &to.replace('/', "\\/"))
        });
        if turned == text { body } else { turned.into() }
    }
}

/// Replaces an origin where it ends: `http://host:80` is not the beginning of `http://host:8080`.
fn replace(text: &str, from: &str, to: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(from) {
        let (before, found) = rest.split_at(at);
        let behind = &found[from.len()..];
        let goes_on = behind.starts_with(|next: char| next.is_ascii_alphanumeric() || ".:-@".contains(next));
        out.push_str(before);
        out.push_str(if goes_on { from } else { to });
        rest = behind;
    }
    out + rest
}

/// The door itself first: where two protocols live at one origin, a client stays at its door.
fn sides<'d>(own: &'d Door, all: &[&'d Door]) -> impl Iterator<Item = &'d Door> {
    let others: Vec<&Door> = all.iter().copied().filter(|door| *door != own).collect();
    std::iter::once(own).chain(others)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::target::Protocol;
    use crate::target::testing::protocol;
    use rstest::rstest;
    use std::net::SocketAddr;

    fn door(base: &str, port: u16) -> Door {
        let protocol = Protocol { base: Url::parse(base).unwrap(), ..protocol("elma", " {}\n") };
        Door::new(&protocol, SocketAddr::from(([127, 0, 0, 1], port)))
    }

    fn outward() -> Addresses {
        let (own, other) = (door("https://host/base", 1), door("http://other:80", 2));
        Addresses::outward(&own, &[&other, &own])
    }

    #[rstest]
    #[case("https://host/base/jobs/1?a=b", "http://127.0.0.1:1/base/jobs/1?a=b")]
    #[case("https://HOST:443/else", "http://127.0.0.1:1/else")]
    #[case("http://other/a", "http://127.0.0.1:2/a")]
    #[case("https://host", "http://127.0.0.1:1")]
    #[case("http://host/base", "http://host/base")]
    #[case("/base/jobs/1", "/base/jobs/1")]
    #[case("not a url", "not a url")]
    fn an_address_is_turned(#[case] address: &str, #[case] expected: &str) {
        assert_eq!(outward().turn(address), expected);
    }

    #[rstest]
    #[case("application/json", r#"{"a":"https://host/x"}"#, r#"{"a":"http://127.0.0.1:1/x"}"#)]
    #[case("application/json", r#""https:\/\/host\/x""#, r#""http:\/\/127.0.0.1:1\/x""#)]
    #[case("text/plain", "https://host.example https://host", "https://host.example http://127.0.0.1:1")]
    #[case("text/plain", "http://other:80/ http://other:8080/", "http://127.0.0.1:2/ http://other:8080/")]
    #[case("application/octet-stream", "https://host/x", "https://host/x")]
    fn links_in_texts_are_turned(
        #[case] media_type: &str,
        #[case] body: &'static str,
        #[case] expected: &str,
    ) {
        let mut headers = Headers::default();
        headers.push("Content-Type", media_type);
        assert_eq!(outward().turn_body(&headers, body.into()), expected.as_bytes());
    }
}
