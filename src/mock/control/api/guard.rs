//! Who may steer: whoever has the token, and no page of a browser that was loaded from elsewhere.

use hyper::HeaderMap;
use hyper::StatusCode;
use hyper::header::{AUTHORIZATION, HOST, HeaderName, ORIGIN};

use super::Steering;
use super::reply::Reply;

/// Why a call may not steer, if it may not. The page holds nothing but the way to ask for more, and is for everybody.
pub(super) fn refuse(steering: &Steering, path: &str, headers: &HeaderMap) -> Option<Reply> {
    let host = text(headers, &HOST).unwrap_or_default();
    match &steering.token {
        Some(token) if path != PAGE && !bears(headers, token) => {
            let message = "show the token of `--control-token` as `Authorization: Bearer`";
            Some(Reply::refused(StatusCode::UNAUTHORIZED, message))
        }
        None if !is_loopback(host) => {
            let message = format!("{host:?} is no name of this machine");
            Some(Reply::refused(StatusCode::FORBIDDEN, &message))
        }
        _ => text(headers, &ORIGIN).filter(|origin| authority(origin) != host).map(|origin| {
            let message = format!("a page from {origin} may not steer the mock");
            Reply::refused(StatusCode::FORBIDDEN, &message)
        }),
    }
}

/// Where the page is.
const PAGE: &str = "/";

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Compares by digests, so that the time it takes tells nothing.
fn bears(headers: &HeaderMap, token: &str) -> bool {
    let shown = text(headers, &AUTHORIZATION).and_then(|value| value.strip_prefix("Bearer "));
    let digest = |text: &str| ring::digest::digest(&ring::digest::SHA256, text.as_bytes());
    shown.is_some_and(|shown| digest(shown).as_ref() == digest(token).as_ref())
}

fn authority(origin: &str) -> &str {
    origin.split_once("://").map_or(origin, |(_, authority)| authority)
}

fn is_loopback(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or(rest),
        None => host.split(':').next().unwrap_or(host),
    };
    name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("127.0.0.1:80", true)]
    #[case("[::1]:80", true)]
    #[case("localhost", true)]
    #[case("localhost.evil.example", false)]
    #[case("10.0.0.1:80", false)]
    #[case("", false)]
    fn only_this_machine_is_this_machine(#[case] host: &str, #[case] expected: bool) {
        assert_eq!(is_loopback(host), expected);
    }
}
