//! The one writer that hides secrets from every sink, in whatever form an answer or a message repeats them.

use aho_corasick::{AhoCorasick, MatchKind};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_encode};

use super::Secret;

/// Inner pieces of base64 text shorter than this would be found by chance.
const SHORTEST_PIECE: usize = 8;

/// What some encoders leave alone, so that a secret shows up half encoded.
const QUERY: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>').add(b'%').add(b'&').add(b'+');
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What is left of a text if the search for secrets could not be built: nothing that could be one.
const EVERYTHING: &str = "[everything]";

/// Replaces each secret by its name in brackets, so that two secrets stay different.
#[derive(Debug, Clone, Default)]
pub struct Masks {
    /// Finds every form of every secret; none if that could not be built.
    search: Option<AhoCorasick>,
    /// What each form is replaced by, in the order of the search.
    names: Vec<String>,
}

impl Masks {
    /// Masks for these secrets; the first of two equal ones gives the name.
    pub fn new<'a>(secrets: impl IntoIterator<Item = &'a Secret>) -> Self {
        let (mut all, mut names) = (Vec::new(), Vec::new());
        for secret in secrets {
            for form in forms(secret.expose()) {
                if !all.contains(&form) {
                    all.push(form);
                    names.push(secret.to_string());
                }
            }
        }
        Self { search: search(&all), names }
    }

    /// The text with every secret replaced.
    pub fn mask(&self, text: &str) -> String {
        match &self.search {
            Some(search) => search.replace_all(text, &self.names),
            None if self.names.is_empty() => text.to_owned(),
            None => EVERYTHING.to_owned(),
        }
    }

    /// The bytes with every secret replaced.
    pub fn mask_bytes(&self, bytes: &[u8]) -> Vec<u8> {
        match &self.search {
            Some(search) => search.replace_all_bytes(bytes, &self.names),
            None if self.names.is_empty() => bytes.to_owned(),
            None => EVERYTHING.as_bytes().to_owned(),
        }
    }

    /// Whether `text` holds a secret.
    pub fn finds_one_in(&self, text: &str) -> bool {
        self.search.as_ref().map_or(!self.names.is_empty(), |search| search.is_match(text))
    }
}

/// Longer forms win, because they hold the shorter ones; case is ignored, because digits of percent-encoding and of
/// UUIDs come in both.
fn search(forms: &[String]) -> Option<AhoCorasick> {
    let mut builder = AhoCorasick::builder();
    builder.ascii_case_insensitive(true).match_kind(MatchKind::LeftmostLongest);
    builder.build(forms).ok()
}

/// Every form in which a secret may be repeated.
fn forms(secret: &str) -> Vec<String> {
    let mut forms = vec![secret.to_owned()];
    let once = in_json(secret);
    // JSON within a text of JSON.
    forms.extend(once.iter().flat_map(|form| in_json(form)));
    forms.extend(once);
    for set in [NON_ALPHANUMERIC, UNRESERVED, QUERY] {
        forms.push(percent_encode(secret.as_bytes(), set).to_string());
    }
    forms.push(percent_encode(secret.as_bytes(), UNRESERVED).to_string().replace("%20", "+"));
    for engine in [&STANDARD, &STANDARD_NO_PAD, &URL_SAFE, &URL_SAFE_NO_PAD] {
        forms.push(engine.encode(secret));
    }
    forms.extend(pieces(secret.as_bytes()));
    forms.retain(|form| !form.is_empty());
    forms
}

/// What encoders of JSON make of a text.
fn in_json(text: &str) -> [String; 3] {
    let quoted = serde_json::Value::from(text).to_string();
    let json = &quoted[1..quoted.len() - 1];
    [json.to_owned(), json.replace('/', "\\/"), ascii_json(json)]
}

/// JSON text whose encoder escapes everything beyond ASCII.
fn ascii_json(json: &str) -> String {
    let mut text = String::new();
    for unit in json.encode_utf16() {
        match char::from_u32(unit.into()).filter(char::is_ascii) {
            Some(letter) => text.push(letter),
            None => text.extend(format!("\\u{unit:04x}").chars()),
        }
    }
    text
}

/// The letters that a secret leaves inside longer base64 text (`Bearer …`, `user:…`): which ones depends on how many
/// bytes stand before it, modulo three; those that it shares with its neighbours are left out.
fn pieces(secret: &[u8]) -> Vec<String> {
    let mut pieces = Vec::new();
    for before in 0..3 {
        let skipped = (3 - before) % 3;
        let whole = secret.len().saturating_sub(skipped) / 3 * 3;
        let Some(aligned) = secret.get(skipped..skipped + whole) else { continue };
        pieces.push(STANDARD_NO_PAD.encode(aligned));
        pieces.push(URL_SAFE_NO_PAD.encode(aligned));
    }
    pieces.retain(|piece| piece.len() >= SHORTEST_PIECE);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn masks() -> Masks {
        let owner = Secret::new("elma.owner.token", "pa/ss\"wörd+1");
        let stranger = Secret::new("elma.stranger.token", "5d5ec66f-357d-4c2d-bbc1-2012278d2361");
        Masks::new([&owner, &stranger])
    }

    #[rstest]
    #[case::plain("token=pa/ss\"wörd+1;", "token=[elma.owner.token];")]
    #[case::json(r#"{"a":"pa/ss\"wörd+1"}"#, r#"{"a":"[elma.owner.token]"}"#)]
    #[case::json_with_slashes(r#"{"a":"pa\/ss\"wörd+1"}"#, r#"{"a":"[elma.owner.token]"}"#)]
    #[case::ascii_json(r#"{"a":"pa/ss\"w\u00F6rd+1"}"#, r#"{"a":"[elma.owner.token]"}"#)]
    #[case::json_in_json(
        r#"{"a":"{\"b\":\"pa\/ss\\\"wörd+1\"}"}"#,
        r#"{"a":"{\"b\":\"[elma.owner.token]\"}"}"#
    )]
    #[case::url("?t=pa%2Fss%22w%C3%B6rd%2B1&", "?t=[elma.owner.token]&")]
    #[case::url_in_small_digits("?t=pa%2fss%22w%c3%b6rd%2b1&", "?t=[elma.owner.token]&")]
    #[case::another("5D5EC66F-357D-4C2D-BBC1-2012278D2361", "[elma.stranger.token]")]
    #[case::two(
        "pa/ss\"wörd+1 5d5ec66f-357d-4c2d-bbc1-2012278d2361",
        "[elma.owner.token] [elma.stranger.token]"
    )]
    #[case::none("nothing of it, but 5d5ec66f-357d", "nothing of it, but 5d5ec66f-357d")]
    fn a_secret_is_replaced_by_its_name(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(masks().mask(text), expected);
        assert_eq!(masks().mask_bytes(text.as_bytes()), expected.as_bytes());
        assert_eq!(masks().finds_one_in(text), text != expected);
    }

    #[rstest]
    #[case::basic("user:pa/ss\"wörd+1")]
    #[case::bearer("Bearer pa/ss\"wörd+1")]
    #[case::alone("pa/ss\"wörd+1")]
    #[case::shifted("x pa/ss\"wörd+1 y")]
    fn base64_hides_nothing(#[case] text: &str) {
        for engine in [&STANDARD, &STANDARD_NO_PAD, &URL_SAFE, &URL_SAFE_NO_PAD] {
            let masked = masks().mask(&format!("Authorization: Basic {}", engine.encode(text)));
            assert!(masked.contains("[elma.owner.token]"), "{masked}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_stay() {
        let masked = masks().mask_bytes(b"\xff\x005d5ec66f-357d-4c2d-bbc1-2012278d2361\xfe");
        assert_eq!(masked, b"\xff\x00[elma.stranger.token]\xfe");
    }

    #[test]
    fn long_tokens_are_masked_too() {
        let token = "eyJhbGciOiJIUzI1NiJ9.".repeat(400);
        let masks = Masks::new([&Secret::new("uipath.owner.bearer", &token)]);
        assert_eq!(masks.mask(&format!("Bearer {token}")), "Bearer [uipath.owner.bearer]");
    }

    #[test]
    fn without_secrets_everything_stays() {
        assert_eq!(Masks::default().mask("text"), "text");
        assert_eq!(Masks::new([]).mask_bytes(b"text"), b"text");
    }

    #[test]
    fn printing_a_secret_prints_its_name() {
        let secret = Secret::new("elma.owner.token", "embedded-owner-token");
        assert_eq!(format!("{secret:?} {secret}"), "Secret(elma.owner.token) [elma.owner.token]");
    }

    proptest! {
        #[test]
        fn no_secret_survives(secret in "[ -~äöü€]{8,40}", before in "[ -~]{0,5}", after in "[ -~]{0,5}") {
            let masks = Masks::new([&Secret::new("s", &secret)]);
            let plain = format!("{before}{secret}{after}");
            prop_assert!(masks.mask(&plain).contains("[s]"));
            let escaped = serde_json::Value::from(plain.as_str()).to_string();
            prop_assert!(masks.mask(&escaped).contains("[s]"));
            let encoded = percent_encode(plain.as_bytes(), NON_ALPHANUMERIC).to_string();
            prop_assert!(masks.mask(&encoded).contains("[s]"));
        }
    }
}
