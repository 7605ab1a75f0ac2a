//! A URI of the same form as one that a server gave, but never given out: another identifier in it.

use crate::http::message::Url;

/// So many characters at the end of an identifier are changed; what stands before may be a version or a kind.
const CHANGED: usize = 12;

/// Counted numbers are short, and the next one may exist: they are made this long.
const LONG: usize = 15;

/// Ranges within which a character is mirrored, so that none stays what it was and hexadecimal digits stay such.
const MIRRORS: [(u8, u8); 5] = [(b'0', b'9'), (b'a', b'f'), (b'g', b'z'), (b'A', b'F'), (b'G', b'Z')];

/// A part of a path with so many digits is an identifier, whatever the query holds.
const MANY: usize = 8;

/// The URL with its identifier changed, always in the same way. If that is in the query, and one in the path, too,
/// either may be the one that counts, and the other a mere trace: then both are changed.
pub(super) fn alter(url: &Url) -> String {
    let target = url.request_target();
    let origin = url.as_str().strip_suffix(&target).unwrap_or(url.as_str());
    let path = &target[..target.find('?').unwrap_or(target.len())];
    let (before, identifier, after) = split(&target);
    if before.len() < path.len() || !is_identifier(split(path).1) {
        return format!("{origin}{before}{}{after}", change(identifier));
    }
    let (start, within, end) = split(path);
    format!("{origin}{start}{}{end}{}{}{after}", change(within), &before[path.len()..], change(identifier))
}

fn is_identifier(part: &str) -> bool {
    let digits = digits(part);
    digits >= MANY || (digits > 0 && digits == part.len())
}

fn digits(part: &str) -> usize {
    part.bytes().filter(u8::is_ascii_digit).count()
}

/// What stands before, in and after the part that looks most like an identifier: most digits, then longest.
fn split(target: &str) -> (&str, &str, &str) {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let parts = target.split(|c| !is_part(c)).filter(|part| !part.is_empty());
    let identifier = parts.max_by_key(|part| (digits(part), part.len())).unwrap_or_default();
    let at = if identifier.is_empty() { None } else { target.find(identifier) };
    let at = at.unwrap_or(target.len());
    (&target[..at], identifier, &target[at + identifier.len()..])
}

fn change(identifier: &str) -> String {
    let keep = identifier.len().saturating_sub(CHANGED);
    let (kept, changed) = identifier.split_at(keep);
    let mirrored: String = changed.bytes().map(mirror).map(char::from).collect();
    let counted = identifier.bytes().all(|byte| byte.is_ascii_digit());
    let longer = if counted { "9".repeat(LONG.saturating_sub(identifier.len())) } else { String::new() };
    format!("{longer}{kept}{mirrored}")
}

fn mirror(byte: u8) -> u8 {
    let range = MIRRORS.iter().find(|(first, last)| (*first..=*last).contains(&byte));
    range.map_or(byte, |(first, last)| first + last - byte)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(
        "http://h:80/acme2/jobs/6e7c24ff-7ebb-493d-91db-0202ebdc72cd/status?hop=1",
        "http://h:80/acme2/jobs/6e7c24ff-7ebb-493d-91db-9797becd27dc/status?hop=1"
    )]
    #[case("http://h/jobs/17", "http://h/jobs/999999999999982")]
    #[case("http://h/status?job=Ab3_x", "http://h/status?job=Fe6_i")]
    #[case("http://h/jobs/latest", "http://h/jobs/ufmbnm")]
    #[case("http://h", "http://h/999999999999999")]
    #[case("http://h/v1/status?job=17", "http://h/v1/status?job=999999999999982")]
    #[case("http://h/output/17?sig=0a1b2c3d4e5f", "http://h/output/999999999999982?sig=9f8e7d6c5b4a")]
    fn only_the_identifier_is_another(#[case] url: &str, #[case] expected: &str) {
        assert_eq!(alter(&Url::parse(url).unwrap()), expected);
    }
}
