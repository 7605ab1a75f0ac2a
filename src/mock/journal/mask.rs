//! Secrets are replaced before anybody sees what was written down; a mask says whose secret stood there.

use std::borrow::Cow;

use aho_corasick::{AhoCorasick, MatchKind};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use bytes::Bytes;
use memchr::{memchr, memmem};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode, utf8_percent_encode};
use ring::digest::{SHA256, digest};
use serde_json::Value;

use super::Event;
use super::entry::KEPT;
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

    /// Takes the secrets out of what happened, and of its bodies all but their beginnings.
    pub(super) fn hide(&self, event: &mut Event) {
        match event {
            Event::Opened(opened) => {
                opened.target = self.text(&opened.target);
                (opened.head, opened.body) = (self.head(&opened.head), self.body(&opened.body));
            }
            Event::Decided(decided) => {
                (decided.head, decided.body) = (self.head(&decided.head), self.body(&decided.body));
                decided.because = decided.because.take().map(|because| self.text(&because));
            }
            Event::Steered(what) => *what = self.text(what),
            Event::Closed(_) => {}
        }
    }

    /// A text without secrets.
    fn text(&self, text: &str) -> String {
        match self.bytes(text.as_bytes()) {
            Cow::Borrowed(_) => text.to_owned(),
            Cow::Owned(shown) => String::from_utf8_lossy(&shown).into_owned(),
        }
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
    fn body(&self, body: &[u8]) -> Bytes {
        if body.is_empty() {
            return Bytes::new();
        }
        let hidden = self.stranger(body);
        let body = hidden.as_deref().unwrap_or(body);
        let masked = self.bytes(&body[..body.len().min(LOOKED_AT)]);
        Bytes::copy_from_slice(&masked[..masked.len().min(KEPT)])
    }

    /// Bytes without secrets, in which any letter may be written as `%XX`; borrowed where there is nothing to hide.
    fn bytes<'a>(&self, bytes: &'a [u8]) -> Cow<'a, [u8]> {
        let shown = self.replaced(bytes);
        if memchr(b'%', &shown).is_none() {
            return shown;
        }
        let decoded: Vec<u8> = percent_decode(&shown).collect();
        match self.replaced(&decoded) {
            Cow::Borrowed(_) => shown,
            Cow::Owned(hidden) => hidden.into(),
        }
    }

    /// Bytes without what is a secret as it stands there.
    fn replaced<'a>(&self, bytes: &'a [u8]) -> Cow<'a, [u8]> {
        match self.finder.as_ref().filter(|finder| finder.is_match(bytes)) {
            Some(finder) => finder.replace_all_bytes(bytes, &self.names).into(),
            None => bytes.into(),
        }
    }

    /// The body of a call whose token no system has: it is a secret all the same.
    fn stranger(&self, body: &[u8]) -> Option<Vec<u8>> {
        if body.len() > LOOKED_AT || memmem::find(body, b"auth_tkn").is_none() {
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
        Some(text.replace(token, &unknown(token.as_bytes())).into_bytes())
    }

    /// Header lines, each with its end.
    fn head(&self, head: &[u8]) -> Bytes {
        let mut shown = Vec::with_capacity(head.len());
        for line in head.split_inclusive(|byte| *byte == b'\n') {
            let (name, value) = line.split_at(memmem::find(line, b": ").map_or(line.len(), |at| at + 2));
            let value = value.strip_suffix(b"\r\n").unwrap_or(value);
            shown.extend_from_slice(name);
            if CREDENTIALS.contains(&name) {
                self.credential(value, &mut shown);
            } else {
                shown.extend_from_slice(self.text(&String::from_utf8_lossy(value)).as_bytes());
            }
            shown.extend_from_slice(b"\r\n");
        }
        shown.into()
    }

    /// Scheme and mask of a credential, whether anybody has it or not.
    fn credential(&self, value: &[u8], lines: &mut Vec<u8>) {
        let (scheme, token) = value.split_at(memchr(b' ', value).map_or(0, |blank| blank + 1));
        lines.extend_from_slice(scheme);
        let token = token.trim_ascii();
        match self.name(token) {
            Some(name) => lines.extend_from_slice(name.as_bytes()),
            None => lines.extend_from_slice(unknown(token).as_bytes()),
        }
    }

    /// The mask of bytes that are a secret and nothing else.
    fn name(&self, token: &[u8]) -> Option<&str> {
        let found = self.finder.as_ref()?.find(token)?;
        let whole = (found.start(), found.end()) == (0, token.len());
        self.names.get(found.pattern().as_usize()).filter(|_| whole).map(String::as_str)
    }
}

/// Headers that hold nothing but secrets.
const CREDENTIALS: [&[u8]; 3] = [b"authorization: ", b"proxy-authorization: ", b"cookie: "];

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
fn unknown(secret: &[u8]) -> String {
    let digest = digest(&SHA256, secret);
    let shown: String = digest.as_ref().iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    format!("[unknown.{shown}]")
}

#[cfg(test)]
mod tests {
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
    #[case("authorization: Bearer embedded-owner-token", "authorization: Bearer [uipath.owner.bearer]\r\n")]
    #[case("authorization: Bearer embedded-owner-tokenX", "authorization: Bearer [unknown.")]
    #[case("authorization: hush", "authorization: [unknown.")]
    #[case("cookie: hush", "cookie: [unknown.")]
    #[case("proxy-authorization: Basic hush", "proxy-authorization: Basic [unknown.")]
    #[case("location: /a?b=embedded-owner-token", "location: /a?b=[uipath.owner.bearer]\r\n")]
    #[case("x-empty: ", "x-empty: \r\n")]
    fn a_credential_is_never_shown(#[case] line: &str, #[case] expected: &str) {
        let head = mask().head(format!("{line}\r\nhost: here\r\n").as_bytes());
        let head = String::from_utf8_lossy(&head).into_owned();
        assert!(head.starts_with(expected) && head.ends_with("\r\nhost: here\r\n"), "{head}");
        assert!(!head.contains("hush") && !head.contains("token"), "{head}");
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
