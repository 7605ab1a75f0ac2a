//! The charsets that are read: those of the Encoding Standard, by any of their labels.

use encoding_rs::{DecoderResult, Encoding, UTF_8 as STANDARD_UTF_8, UTF_16BE, UTF_16LE};

/// Writes what stands for bytes that are no text.
pub(super) type Wrong = fn(&mut String, &[u8]);

/// A charset that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Charset(&'static Encoding);

/// Bytes as text, as far as they are.
#[derive(Debug, Default)]
pub(super) struct Decoded {
    /// The text.
    pub(super) text: String,
    /// The first of the bytes that are none, in hexadecimal digits.
    pub(super) first_wrong: Option<String>,
}

/// What JSON is always written in, and everything else that names nothing.
pub(super) const UTF_8: Charset = Charset(STANDARD_UTF_8);

/// Labels of what UTF-8 holds whole; the Encoding Standard takes them for windows-1252.
const ASCII: [&str; 2] = ["us-ascii", "ascii"];

impl Charset {
    /// The charset of a body by its label, in letters of any size; none if it is not read. What is said to be UTF-16 says
    /// by its byte order mark in which order it is; big endian without one (RFC 2781 §4.3).
    pub(super) fn find(label: &str, body: &[u8]) -> Option<Self> {
        if ASCII.iter().any(|own| label.eq_ignore_ascii_case(own)) {
            return Some(UTF_8);
        }
        if label.eq_ignore_ascii_case("utf-16") {
            return Some(Self(if body.starts_with(b"\xff\xfe") { UTF_16LE } else { UTF_16BE }));
        }
        Encoding::for_label_no_replacement(label.as_bytes()).map(Self)
    }

    /// What it is called.
    pub(super) fn name(self) -> &'static str {
        self.0.name()
    }

    /// What these bytes say in it; the byte order mark of UTF-16 says nothing.
    pub(super) fn decode(self, bytes: &[u8], wrong: Wrong) -> Decoded {
        let mark =
            Encoding::for_bom(bytes).filter(|(marked, _)| *marked == self.0 && *marked != STANDARD_UTF_8);
        let bytes = &bytes[mark.map_or(0, |(_, length)| length)..];
        let mut decoder = self.0.new_decoder_without_bom_handling();
        let (mut decoded, mut at) = (Decoded::default(), 0);
        loop {
            let rest = &bytes[at..];
            decoded.text.reserve(
                decoder.max_utf8_buffer_length_without_replacement(rest.len()).unwrap_or(rest.len()),
            );
            let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut decoded.text, true);
            at += read;
            match result {
                DecoderResult::InputEmpty => return decoded,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(length, behind) => {
                    let end = at - usize::from(behind);
                    decoded.refuse(&bytes[end - usize::from(length)..end], wrong);
                }
            }
        }
    }
}

impl Decoded {
    fn refuse(&mut self, bytes: &[u8], wrong: Wrong) {
        self.first_wrong.get_or_insert_with(|| format!("{bytes:02x?}").replace(['[', ']', ','], ""));
        wrong(&mut self.text, bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn read(label: &str, bytes: &[u8]) -> (String, String) {
        let decoded = Charset::find(label, bytes).unwrap().decode(bytes, |text, _| text.push('?'));
        (decoded.text, decoded.first_wrong.unwrap_or_default())
    }

    #[rstest]
    #[case("UTF8", "Grüße".as_bytes(), "Grüße", "")]
    #[case("utf-8", b"Gr\xfc\xdfe", "Gr??e", "fc")]
    #[case("utf-8", b"\xef\xbb\xbfa", "\u{feff}a", "")]
    #[case("us-ascii", b"Gr\xfce", "Gr?e", "fc")]
    #[case("ISO-8859-1", b"Gr\xfc\xdfe", "Grüße", "")]
    #[case("iso-8859-15", b"\xa4", "€", "")]
    #[case("windows-1251", b"\xcf\xf0\xe8\xe2\xe5\xf2, \xb8\xfc\xff\xa8 \xb9", "Привет, ёьяЁ №", "")]
    #[case("koi8-r", b"\xf0\xd2\xc9\xd7\xc5\xd4", "Привет", "")]
    #[case("cp1252", b"\x93Gr\xfc\xdfe\x94 \x80", "“Grüße” €", "")]
    #[case("shift_jis", b"\x93\xfa\x81\xff", "日?", "81 ff")]
    #[case("utf-16", b"\xff\xfea\0\xfc\0", "aü", "")]
    #[case("utf-16", b"\xfe\xff\0a\0\xfc", "aü", "")]
    #[case("utf-16", b"\0a\0\xfc", "aü", "")]
    #[case("utf-16be", b"\xd8\x3d\xde\x00\xd8\x3d", "\u{1f600}?", "d8 3d")]
    #[case("utf-16le", b"a\0b", "a?", "62")]
    fn bytes_are_what_their_charset_says(
        #[case] label: &str,
        #[case] bytes: &[u8],
        #[case] text: &str,
        #[case] first_wrong: &str,
    ) {
        assert_eq!(read(label, bytes), (text.to_owned(), first_wrong.to_owned()));
    }

    #[rstest]
    #[case("ibm037")]
    #[case("utf-7")]
    #[case("iso-2022-kr")]
    #[case("")]
    fn what_no_standard_reads_is_not_read(#[case] label: &str) {
        assert_eq!(Charset::find(label, b""), None);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..40)) {
            for label in ["utf-8", "us-ascii", "latin1", "utf-16", "utf-16le", "gb18030", "shift_jis", "iso-2022-jp"] {
                Charset::find(label, &bytes).unwrap().decode(&bytes, |_, _| ());
            }
        }
    }
}
