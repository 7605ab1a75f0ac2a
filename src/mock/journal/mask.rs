//! Secrets are replaced before anything is written down; a mask says whose secret stood there.

use std::borrow::Cow;

use aho_corasick::{AhoCorasick, MatchKind};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use bytes::Bytes;
use hyper::header::{AUTHORIZATION, COOKIE, HeaderMap, PROXY_AUTHORIZATION};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode, utf8_percent_encode};
use ring::digest::{SHA256, digest};
use serde_json::Value;

use crate::mock::fixture::Fixtures;

/// What hides the secrets of one mock.
#[derive(Debug, Default)]
pub(in crate::mock) struct Mask {
    finder: Option<AhoCorasick>,
    names: Vec<String>,
}

impl Mask {
    /// Hides the tokens of all systems and bearers, and of whoever steers, in every spelling in which they travel.
    pub(in crate::mock) fn of(fixtures: &Fixtures, control_token: Option<&str>) -> Self {
        let systems = fixtures.systems.iter().map(|own| (&own.token, format!("[elma.{}.token]", own.name)));
        let bearers =
            fixtures.bearers.iter().map(|own| (&own.token, format!("[uipath.{}.bearer]", own.name)));
        let secrets = systems.chain(bearers).map(|(token, name)| (&**token, name));
        let secrets = secrets.chain(control_token.map(|token| (token, "[control.token]".to_owned())));
        let (mut patterns, mut names) = (Vec::new(), Vec::new());
        for (token, name) in secrets.filter(|(token, _)| !token.is_empty()) {
            for spelling in spellings(token) {
                patterns.push(spelling);
                names.push(name.clone());
            }
        }
        let mut finder = AhoCorasick::builder();
        let finder = finder.ascii_case_insensitive(true).match_kind(MatchKind::LeftmostLongest);
        let finder = finder.build(patterns).ok();
        Self { finder, names }
    }

    /// A text without secrets.
    pub(in crate::mock) fn text(&self, text: &str) -> String {
        String::from_utf8_lossy(&self.bytes(text.as_bytes())).into_owned()
    }

    /// A value without secrets.
    pub(in crate::mock) fn value(&self, value: Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.text(&text)),
            Value::Array(items) => items.into_iter().map(|item| self.value(item)).collect(),
            Value::Object(members) => {
                let hidden = |(name, value): (String, Value)| (self.text(&name), self.value(value));
                members.into_iter().map(hidden).collect()
            }
            other => other,
        }
    }

    /// The beginning of a body, without secrets.
    pub(in crate::mock) fn body(&self, body: &[u8]) -> Bytes {
        const KEPT: usize = 8 << 10;
        if body.is_empty() {
            return Bytes::new();
        }
        let hidden = self.stranger(body);
        let body = hidden.as_deref().unwrap_or(body);
        let masked = self.bytes(&body[..body.len().min(LOOKED_AT)]);
        Bytes::copy_from_slice(&masked[..masked.len().min(KEPT)])
    }

    /// Bytes without secrets, in which any letter may be written as `%XX`.
    fn bytes<'a>(&self, bytes: &'a [u8]) -> Cow<'a, [u8]> {
        let Some(finder) = self.finder.as_ref() else { return bytes.into() };
        let shown: Cow<'_, [u8]> = if finder.is_match(bytes) {
            finder.replace_all_bytes(bytes, &self.names).into()
        } else {
            bytes.into()
        };
        if !shown.contains(&b'%') {
            return shown;
        }
        let decoded: Vec<u8> = percent_decode(&shown).collect();
        if finder.is_match(&decoded) { finder.replace_all_bytes(&decoded, &self.names).into() } else { shown }
    }

    /// The body of a call whose token no system has: it is a secret all the same.
    fn stranger(&self, body: &[u8]) -> Option<Vec<u8>> {
        if body.len() > LOOKED_AT || !body.windows(8).any(|window| window == b"auth_tkn") {
            return None;
        }
        let value: Value = serde_json::from_slice(body).ok()?;
        let token = value.get("auth_tkn")?.as_str().filter(|token| !token.is_empty())?;
        let known = self.finder.as_ref().is_some_and(|finder| finder.is_match(token));
        let text = std::str::from_utf8(body).ok()?;
        if known {
            // In JSON any letter can be written as `\uXXXX`: what is known is found once that is undone.
            let hidden = self.finder.as_ref().is_some_and(|finder| !finder.is_match(text));
            return hidden.then(|| value.to_string().into_bytes());
        }
        Some(text.replace(token, &unknown(token)).into_bytes())
    }

    /// Header lines in their order, each with its end.
    pub(in crate::mock) fn head(&self, headers: &HeaderMap) -> Bytes {
        let lines = self.lines(headers, |value| value.into());
        // Nearly always there is nothing to hide; what is kept takes no more room than it needs.
        if lines.is_ascii() && matches!(self.bytes(&lines), Cow::Borrowed(_)) {
            return Bytes::copy_from_slice(&lines);
        }
        self.lines(headers, |value| self.text(&String::from_utf8_lossy(value)).into_bytes().into()).into()
    }

    /// Header lines without credentials; the other values are as `shown` gives them.
    fn lines(&self, headers: &HeaderMap, shown: impl Fn(&[u8]) -> Cow<'_, [u8]>) -> Vec<u8> {
        let mut lines = Vec::with_capacity(headers.len() * 64);
        for (name, value) in headers {
            let secret = [AUTHORIZATION, PROXY_AUTHORIZATION, COOKIE].contains(name);
            let value = value.as_bytes();
            let credential = secret.then(|| self.credential(&String::from_utf8_lossy(value)).into_bytes());
            let value = credential.map_or_else(|| shown(value), Cow::Owned);
            for part in [name.as_str().as_bytes(), b": ", &value, b"\r\n"] {
                lines.extend_from_slice(part);
            }
        }
        lines
    }

    /// Scheme and mask of a credential, whether anybody has it or not.
    fn credential(&self, value: &str) -> String {
        let (scheme, token) = value.split_once(' ').unwrap_or(("", value));
        let known = self.name(token.trim()).map(Cow::Borrowed);
        let shown = known.unwrap_or_else(|| unknown(token.trim()).into());
        format!("{scheme} {shown}").trim_start().to_owned()
    }

    /// The mask of a text that is a secret and nothing else.
    fn name(&self, text: &str) -> Option<&str> {
        let found = self.finder.as_ref()?.find(text)?;
        let whole = (found.start(), found.end()) == (0, text.len());
        self.names.get(found.pattern().as_usize()).filter(|_| whole).map(String::as_str)
    }
}

/// Beyond this a body is not looked at: it is kept no longer either.
const LOOKED_AT: usize = 64 << 10;

fn spellings(token: &str) -> Vec<String> {
    let escaped = Value::from(token).to_string();
    let mut spellings = vec![
        token.to_owned(),
        utf8_percent_encode(token, NON_ALPHANUMERIC).to_string(),
        escaped.trim_matches('"').to_owned(),
        STANDARD.encode(token),
    ];
    spellings.extend((0..3).filter_map(|before| within_base64(token, before)));
    spellings.dedup();
    spellings
}

/// The letters of a Base64 text that tell of this token alone, where so many bytes stand before it.
fn within_base64(token: &str, before: usize) -> Option<String> {
    /// Fewer letters may stand anywhere by chance.
    const TELLING: usize = 8;
    let bytes = [&b"..."[..before], token.as_bytes()].concat();
    let text = STANDARD_NO_PAD.encode(&bytes);
    let own = text.get((before * 8).div_ceil(6)..bytes.len() * 8 / 6)?;
    (own.len() >= TELLING).then(|| own.to_owned())
}

/// A mask for a secret that is nobody's: equal secrets have equal masks.
fn unknown(secret: &str) -> String {
    let digest = digest(&SHA256, secret.as_bytes());
    let shown: String = digest.as_ref().iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    format!("[unknown.{shown}]")
}

#[cfg(test)]
mod tests {
    use hyper::header::{HeaderName, HeaderValue};
    use rstest::rstest;

    use super::*;
    use crate::mock::fixture::Pace;

    const OWNER: &str = "5d5ec66f-357d-4c2d-bbc1-2012278d2361";

    fn mask() -> Mask {
        Mask::of(&Fixtures::at(Pace::Quick), Some("let-me-steer"))
    }

    #[rstest]
    #[case("a=embedded-owner-token", "a=[uipath.owner.bearer]")]
    #[case("5D5EC66F-357D-4C2D-BBC1-2012278D2362", "[elma.stranger.token]")]
    #[case("5d5ec66f%2D357d%2D4c2d%2Dbbc1%2D2012278d2361", "[elma.owner.token]")]
    #[case("%65mbedded-owner%2dtoken", "[uipath.owner.bearer]")]
    #[case("/a%20b?x=%65mbedded-owner-token", "/a b?x=[uipath.owner.bearer]")]
    #[case("let-me-steer", "[control.token]")]
    #[case("bnothing", "bnothing")]
    #[case("nothing%20to%20hide", "nothing%20to%20hide")]
    fn tokens_are_hidden_in_every_spelling(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(mask().text(text), expected);
    }

    #[rstest]
    #[case(authorization("Bearer embedded-owner-token"), "authorization: Bearer [uipath.owner.bearer]\r\n")]
    #[case(authorization("Bearer embedded-owner-tokenX"), "authorization: Bearer [unknown.")]
    #[case(authorization("hush"), "authorization: [unknown.")]
    fn a_credential_is_never_shown(#[case] headers: HeaderMap, #[case] expected: &str) {
        let head = mask().head(&headers);
        let head = String::from_utf8_lossy(&head).into_owned();
        assert!(head.starts_with(expected), "{head}");
        assert!(!head.contains("hush") && !head.contains("token"), "{head}");
    }

    fn authorization(value: &'static str) -> HeaderMap {
        let name: HeaderName = AUTHORIZATION;
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    #[test]
    fn the_token_of_a_stranger_is_hidden_too() {
        let known = mask().body(format!(r#"{{"auth_tkn":"{OWNER}"}}"#).as_bytes());
        assert_eq!(known, r#"{"auth_tkn":"[elma.owner.token]"}"#);
        let strange = mask().body(br#"{"auth_tkn":"hush-hush","id":7}"#);
        let strange = String::from_utf8_lossy(&strange).into_owned();
        assert!(strange.contains("[unknown.") && !strange.contains("hush"), "{strange}");
    }

    #[rstest]
    #[case("embedded-owner-token")]
    #[case("user:embedded-owner-token")]
    #[case("x:embedded-owner-token:y")]
    #[case("embedded-owner-token and more")]
    fn a_token_within_base64_is_hidden(#[case] text: &str) {
        let shown = mask().text(&STANDARD.encode(text));
        assert!(shown.contains("[uipath.owner.bearer]"), "{shown}");
    }

    #[test]
    fn a_token_in_escapes_of_json_is_hidden() {
        let escaped = OWNER.replace('5', "\\u0035");
        let shown = mask().body(format!(r#"{{"auth_tkn":"{escaped}","id":1}}"#).as_bytes());
        assert_eq!(shown, r#"{"auth_tkn":"[elma.owner.token]","id":1}"#);
    }

    #[test]
    fn a_long_body_is_cut() {
        assert_eq!(mask().body(&vec![b'a'; 100_000]).len(), 8 << 10);
    }
}
