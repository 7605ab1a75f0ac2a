//! The charsets that are read, by the names that IANA has for them; what each makes of bytes.

/// Writes what stands for bytes that are no text.
pub(super) type Wrong = fn(&mut String, &[u8]);

/// A charset that is read.
pub(super) struct Charset {
    /// Its name.
    pub(super) name: &'static str,
    /// In small letters, its own among them.
    names: &'static [&'static str],
    read: fn(&[u8], &mut Decoded),
}

/// Bytes as text, as far as they are.
pub(super) struct Decoded {
    /// The text.
    pub(super) text: String,
    /// The first of the bytes that are none, in hexadecimal digits.
    pub(super) first_wrong: Option<String>,
    wrong: Wrong,
}

/// What JSON is always written in, and everything else that names nothing.
pub(super) static UTF_8: Charset = Charset { name: "UTF-8", names: &["utf-8", "utf8"], read: utf_8 };

static OTHERS: [Charset; 7] = [
    Charset { name: "US-ASCII", names: &["us-ascii", "ascii"], read: us_ascii },
    Charset {
        name: "ISO-8859-1",
        names: &["iso-8859-1", "iso_8859-1", "iso8859-1", "latin1"],
        read: iso_8859_1,
    },
    Charset { name: "windows-1251", names: &["windows-1251", "cp1251"], read: windows_1251 },
    Charset { name: "windows-1252", names: &["windows-1252", "cp1252"], read: windows_1252 },
    Charset { name: "UTF-16", names: &["utf-16"], read: utf_16 },
    Charset { name: "UTF-16BE", names: &["utf-16be"], read: utf_16_be },
    Charset { name: "UTF-16LE", names: &["utf-16le"], read: utf_16_le },
];

impl Charset {
    /// The charset of this name, in letters of any size; none if it is not read.
    pub(super) fn find(name: &str) -> Option<&'static Self> {
        let has_name = |charset: &&Self| charset.names.iter().any(|own| name.eq_ignore_ascii_case(own));
        std::iter::once(&UTF_8).chain(&OTHERS).find(has_name)
    }

    /// What these bytes say in it.
    pub(super) fn decode(&self, bytes: &[u8], wrong: Wrong) -> Decoded {
        let mut decoded = Decoded { text: String::with_capacity(bytes.len()), first_wrong: None, wrong };
        (self.read)(bytes, &mut decoded);
        decoded
    }
}

impl Decoded {
    fn refuse(&mut self, bytes: &[u8]) {
        self.first_wrong.get_or_insert_with(|| format!("{bytes:02x?}").replace(['[', ']', ','], ""));
        (self.wrong)(&mut self.text, bytes);
    }

    /// A letter for each byte, or none.
    fn each(&mut self, bytes: &[u8], letter: impl Fn(u8) -> Option<char>) {
        for byte in bytes {
            match letter(*byte) {
                Some(letter) => self.text.push(letter),
                None => self.refuse(&[*byte]),
            }
        }
    }
}

fn utf_8(bytes: &[u8], decoded: &mut Decoded) {
    for chunk in bytes.utf8_chunks() {
        decoded.text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            decoded.refuse(chunk.invalid());
        }
    }
}

fn us_ascii(bytes: &[u8], decoded: &mut Decoded) {
    decoded.each(bytes, |byte| byte.is_ascii().then(|| char::from(byte)));
}

fn iso_8859_1(bytes: &[u8], decoded: &mut Decoded) {
    decoded.each(bytes, |byte| Some(char::from(byte)));
}

/// What the bytes from 80 on are, in order; U+FFFD where nothing is assigned.
const CYRILLIC: &str = "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u{fffd}™љ›њќћџ\u{a0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{ad}®Ї°±Ііґµ¶·ё№є»јЅѕї\
    АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя";

/// The same of the bytes from 80 to 9F; those behind are ISO-8859-1.
const WESTERN: &str = "€\u{fffd}‚ƒ„…†‡ˆ‰Š‹Œ\u{fffd}Ž\u{fffd}\u{fffd}‘’“”•–—˜™š›œ\u{fffd}žŸ";

fn windows_1251(bytes: &[u8], decoded: &mut Decoded) {
    with_table(bytes, decoded, CYRILLIC);
}

fn windows_1252(bytes: &[u8], decoded: &mut Decoded) {
    with_table(bytes, decoded, WESTERN);
}

fn with_table(bytes: &[u8], decoded: &mut Decoded, table: &str) {
    let letters: Vec<char> = table.chars().collect();
    let assigned = |letter: &char| *letter != char::REPLACEMENT_CHARACTER;
    decoded.each(bytes, |byte| match byte.checked_sub(0x80) {
        None => Some(char::from(byte)),
        Some(place) => letters
            .get(usize::from(place))
            .map_or(Some(char::from(byte)), |letter| Some(*letter).filter(assigned)),
    });
}

/// By its byte order mark; big endian without one (RFC 2781 §4.3).
fn utf_16(bytes: &[u8], decoded: &mut Decoded) {
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf_16_le(rest, decoded),
        [0xfe, 0xff, rest @ ..] => utf_16_be(rest, decoded),
        _ => utf_16_be(bytes, decoded),
    }
}

fn utf_16_be(bytes: &[u8], decoded: &mut Decoded) {
    utf_16_units(bytes, decoded, u16::from_be_bytes, u16::to_be_bytes);
}

fn utf_16_le(bytes: &[u8], decoded: &mut Decoded) {
    utf_16_units(bytes, decoded, u16::from_le_bytes, u16::to_le_bytes);
}

fn utf_16_units(bytes: &[u8], decoded: &mut Decoded, unit: fn([u8; 2]) -> u16, bytes_of: fn(u16) -> [u8; 2]) {
    let (pairs, rest) = bytes.as_chunks();
    for letter in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        match letter {
            Ok(letter) => decoded.text.push(letter),
            Err(lone) => decoded.refuse(&bytes_of(lone.unpaired_surrogate())),
        }
    }
    if !rest.is_empty() {
        decoded.refuse(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn read(name: &str, bytes: &[u8]) -> (String, String) {
        let decoded = Charset::find(name).unwrap().decode(bytes, |text, _| text.push('?'));
        (decoded.text, decoded.first_wrong.unwrap_or_default())
    }

    #[rstest]
    #[case("UTF8", "Grüße".as_bytes(), "Grüße", "")]
    #[case("utf-8", b"Gr\xfc\xdfe", "Gr??e", "fc")]
    #[case("us-ascii", b"Gr\xfce", "Gr?e", "fc")]
    #[case("ISO-8859-1", b"Gr\xfc\xdfe", "Grüße", "")]
    #[case("windows-1251", b"\xcf\xf0\xe8\xe2\xe5\xf2, \xb8\xfc\xff\xa8 \x98\xb9", "Привет, ёьяЁ ?№", "98")]
    #[case("cp1252", b"\x93Gr\xfc\xdfe\x94 \x80 \x81", "“Grüße” € ?", "81")]
    #[case("utf-16", b"\xff\xfea\0\xfc\0", "aü", "")]
    #[case("utf-16", b"\xfe\xff\0a\0\xfc", "aü", "")]
    #[case("utf-16", b"\0a\0\xfc", "aü", "")]
    #[case("utf-16be", b"\xd8\x3d\xde\x00\xd8\x3d", "\u{1f600}?", "d8 3d")]
    #[case("utf-16le", b"a\0b", "a?", "62")]
    fn bytes_are_what_their_charset_says(
        #[case] name: &str,
        #[case] bytes: &[u8],
        #[case] text: &str,
        #[case] first_wrong: &str,
    ) {
        assert_eq!(read(name, bytes), (text.to_owned(), first_wrong.to_owned()));
    }

    #[test]
    fn tables_are_complete() {
        assert_eq!((CYRILLIC.chars().count(), WESTERN.chars().count()), (128, 32));
    }

    #[test]
    fn every_charset_is_found_by_its_name_and_agrees_about_ascii_or_is_wide() {
        for charset in std::iter::once(&UTF_8).chain(&OTHERS) {
            assert!(std::ptr::eq(Charset::find(charset.name).unwrap(), charset), "{}", charset.name);
            if !charset.name.starts_with("UTF-16") {
                assert_eq!(read(charset.name, b"done\n"), ("done\n".to_owned(), String::new()));
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..40)) {
            for charset in std::iter::once(&UTF_8).chain(&OTHERS) {
                charset.decode(&bytes, |_, _| ());
            }
        }
    }
}
