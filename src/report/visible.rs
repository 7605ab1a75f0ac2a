//! Texts of servers made harmless for a terminal: whatever would act instead of being read is written out.

/// Writes out every control and direction character as `\u{…}`, except line breaks, tabs and the given escapes.
pub(super) fn harmless(text: &str, own_escapes: &[String]) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let own = own_escapes.iter().find(|escape| !escape.is_empty() && rest.starts_with(escape.as_str()));
        let length = own.map_or(character.len_utf8(), String::len);
        if own.is_none() && acts(character) {
            result.extend(character.escape_unicode());
        } else {
            result.push_str(&rest[..length]);
        }
        rest = &rest[length..];
    }
    result
}

/// Whether a terminal or a viewer would do something on it: controls, and marks that turn the direction of text.
fn acts(character: char) -> bool {
    let turns =
        matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || (character.is_control() && !matches!(character, '\n' | '\t'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("plain ü 漢\n\tnext", "plain ü 漢\n\tnext")]
    #[case("\u{1b}[2Jgone", "\\u{1b}[2Jgone")]
    #[case("\r\u{0}\u{9b}31m", "\\u{d}\\u{0}\\u{9b}31m")]
    #[case("\u{202e}gpj.exe", "\\u{202e}gpj.exe")]
    #[case("\u{1b}[31mown", "\u{1b}[31mown")]
    fn only_own_escapes_act(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(harmless(text, &["\u{1b}[31m".to_owned()]), expected);
    }
}
