//! How the bytes of a body become text: the one place that decides it, for whoever judges and whoever shows.

use std::fmt::Write as _;

use super::charset::{Charset, UTF_8};
use super::message::Headers;

/// A body as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Text {
    /// All of it is text.
    Whole(String),
    /// Some of it is none in its charset.
    Broken {
        /// With U+FFFD where that is so: what the bytes could be written as is not what they say.
        text: String,
        /// The charset.
        charset: &'static str,
        /// The first of those bytes, in hexadecimal digits.
        first: String,
    },
    /// It is in a charset that is not read.
    Foreign {
        /// As the message names it.
        charset: String,
    },
}

impl Text {
    /// Reads a body by what its message says of it: JSON is UTF-8 whatever stands there (RFC 8259 §8.1 and §11); XML
    /// names its charset itself where its `Content-Type` does not (RFC 7303 §3); the rest is UTF-8 if nobody says
    /// otherwise.
    pub fn of(headers: &Headers, body: &[u8]) -> Self {
        let charset = match charset(headers, body) {
            Ok(charset) => charset,
            Err(_) if is_plain(body) => UTF_8,
            Err(charset) => return Self::Foreign { charset },
        };
        let decoded = charset.decode(body, |text, _| text.push(char::REPLACEMENT_CHARACTER));
        match decoded.first_wrong {
            None => Self::Whole(decoded.text),
            Some(first) => Self::Broken { text: decoded.text, charset: charset.name(), first },
        }
    }

    /// The text as far as it can be read.
    pub fn read(self) -> Option<String> {
        match self {
            Self::Whole(text) | Self::Broken { text, .. } => Some(text),
            Self::Foreign { .. } => None,
        }
    }
}

/// A body for people: its text, with whatever is none written as `\xNN`, so that nothing the server sent is hidden.
pub fn shown(headers: &Headers, body: &[u8]) -> String {
    charset(headers, body).map_or_else(|_| readable(body), |charset| charset.decode(body, escape).text)
}

/// The same of bytes that no message says anything of.
pub fn readable(bytes: &[u8]) -> String {
    UTF_8.decode(bytes, escape).text
}

fn escape(text: &mut String, bytes: &[u8]) {
    for byte in bytes {
        let _ = write!(text, "\\x{byte:02x}");
    }
}

/// What the bytes were coded with on their way, such as `gzip`; nothing here decodes that.
pub fn codings(headers: &Headers) -> Vec<String> {
    let codings = headers.all("content-encoding").map(readable);
    codings.filter(|coding| !coding.trim().eq_ignore_ascii_case("identity")).collect()
}

/// The charset of a body; its name if it is not read.
fn charset(headers: &Headers, body: &[u8]) -> Result<Charset, String> {
    if !codings(headers).is_empty() {
        return Ok(UTF_8);
    }
    let content_type = headers.first("content-type").unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_a =
        |kind: &str| media_type.ends_with(&format!("/{kind}")) || media_type.ends_with(&format!("+{kind}"));
    if is_a("json") {
        return Ok(UTF_8);
    }
    let is_xml = is_a("xml") || media_type.is_empty();
    let marked = is_xml.then(|| marked(body)).flatten().map(str::to_owned);
    let named = marked.or_else(|| parameter(&content_type, "charset"));
    match named.or_else(|| is_xml.then(|| declared(body)).flatten()) {
        Some(name) => Charset::find(&name, body).ok_or(name),
        None => Ok(UTF_8),
    }
}

/// What a byte order mark says; of XML it goes before everything else (RFC 7303 §3.3).
fn marked(body: &[u8]) -> Option<&'static str> {
    match body {
        [0xef, 0xbb, 0xbf, ..] => Some("utf-8"),
        [0xfe, 0xff, ..] | [0xff, 0xfe, ..] => Some("utf-16"),
        _ => None,
    }
}

/// The value of a parameter of a media type, without quotes.
fn parameter(content_type: &str, name: &str) -> Option<String> {
    let mut is_quoted = false;
    let parts = content_type.split(|letter| {
        is_quoted ^= letter == '"';
        letter == ';' && !is_quoted
    });
    let mut values = parts.skip(1).filter_map(|part| {
        let (own, value) = part.split_once('=')?;
        own.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_owned())
    });
    values.find(|value| !value.is_empty())
}

/// So many bytes hold an XML declaration.
const LONGEST_DECLARATION: usize = 256;

/// What an XML declaration names. Whoever can read it there does not read UTF-16, whatever it says: writers that
/// convert a text and not its declaration are many.
fn declared(body: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(&body[..body.len().min(LONGEST_DECLARATION)]);
    let (declaration, _) = start.strip_prefix("<?xml")?.split_once("?>")?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|letter| ['"', '\''].contains(letter))?;
    let (name, _) = value[1..].split_once(quote)?;
    (!name.to_ascii_lowercase().starts_with("utf-16")).then(|| name.to_owned())
}

/// Whether the bytes mean the same in every charset that is in use: letters, digits and lines of ASCII.
fn is_plain(body: &[u8]) -> bool {
    body.iter().all(|byte| matches!(byte, b' '..=b'~' | b'\t' | b'\r' | b'\n'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const LATIN: &[u8] = b"Gr\xfc\xdfe";

    fn headers(content_type: &str) -> Headers {
        let mut headers = Headers::default();
        if !content_type.is_empty() {
            headers.push("Content-Type", content_type);
        }
        headers
    }

    fn whole(content_type: &str, body: &[u8]) -> Option<String> {
        match Text::of(&headers(content_type), body) {
            Text::Whole(text) => Some(text),
            Text::Broken { .. } | Text::Foreign { .. } => None,
        }
    }

    #[rstest]
    #[case("text/plain; charset=iso-8859-1", LATIN)]
    #[case("text/plain;CHARSET=\"ISO-8859-1\"", LATIN)]
    #[case("text/plain; x=\"a;charset=utf-8\"; charset = latin1 ; y=z", LATIN)]
    #[case("text/plain; charset=utf-16", b"\xff\xfeG\0r\0\xfc\0\xdf\0e\0")]
    #[case("text/plain", "Grüße".as_bytes())]
    #[case("text/plain; charset=", "Grüße".as_bytes())]
    #[case("", "Grüße".as_bytes())]
    #[case("application/json; charset=iso-8859-1", "Grüße".as_bytes())]
    #[case("application/problem+json; charset=iso-8859-1", "Grüße".as_bytes())]
    fn a_message_names_the_charset_of_its_body(#[case] content_type: &str, #[case] body: &[u8]) {
        assert_eq!(whole(content_type, body).as_deref(), Some("Grüße"));
    }

    #[rstest]
    #[case::declared("application/xml", b"<?xml version='1.0' encoding='iso-8859-1'?>\xfc")]
    #[case::of_a_kind("application/soap+xml", b"<?xml version=\"1.0\" encoding = \"ISO-8859-1\" ?>\xfc")]
    #[case::unnamed("", b"<?xml version='1.0' encoding='iso-8859-1'?>\xfc")]
    #[case::outside_first("text/xml; charset=iso-8859-1", b"<?xml version='1.0' encoding='utf-8'?>\xfc")]
    #[case::marked("text/xml; charset=iso-8859-1", b"\xfe\xff\0\xfc")]
    #[case::converted("text/xml", b"<?xml version='1.0' encoding='utf-16'?>\xc3\xbc")]
    #[case::undeclared("text/xml", b"<?xml version='1.0'?>\xc3\xbc")]
    fn xml_names_its_own_charset(#[case] content_type: &str, #[case] body: &[u8]) {
        let text = whole(content_type, body).unwrap();
        assert!(text.ends_with('ü'), "{text}");
    }

    #[test]
    fn a_declaration_counts_in_xml_alone() {
        let body = b"<?xml version='1.0' encoding='iso-8859-1'?>\xfc";
        assert_eq!(whole("text/plain", body), None);
    }

    #[test]
    fn what_is_no_text_is_not_what_it_is_shown_as() {
        let text = "Gr\u{fffd}\u{fffd}e".to_owned();
        let broken = Text::Broken { text, charset: "UTF-8", first: "fc".to_owned() };
        assert_eq!(Text::of(&headers("text/plain"), LATIN), broken);
        assert_eq!(shown(&headers("text/plain"), LATIN), "Gr\\xfc\\xdfe");
        assert_eq!(shown(&headers("text/plain; charset=latin1"), LATIN), "Grüße");
        assert_eq!(readable(LATIN), "Gr\\xfc\\xdfe");
    }

    #[test]
    fn a_charset_that_is_not_read_is_named() {
        let ebcdic = headers("text/plain; charset=IBM037");
        assert_eq!(Text::of(&ebcdic, b"\xf0"), Text::Foreign { charset: "IBM037".to_owned() });
        assert_eq!(Text::of(&ebcdic, b"done\n"), Text::Whole("done\n".to_owned()));
        assert_eq!(shown(&ebcdic, b"\xf0"), "\\xf0");
    }

    #[test]
    fn coded_bytes_are_in_no_charset() {
        let mut gzip = headers("text/plain; charset=iso-8859-1");
        gzip.push("Content-Encoding", "gzip");
        assert_eq!(codings(&gzip), ["gzip"]);
        assert_eq!(shown(&gzip, LATIN), "Gr\\xfc\\xdfe");
    }
}
