//! The values in a text that are others on every run of one failure: what counts something, and what names it by chance.

use std::sync::LazyLock;

use regex::Regex;

/// From this length on a word with a digit before a letter is taken for a random name: `4xx` and `h2c` are none.
const RANDOM_LENGTH: usize = 4;

/// From this length on a word of hexadecimal digits is taken for one.
const HEX_LENGTH: usize = 6;

/// What stands for every number.
const NUMBER: &str = "<number>";

/// The places of findings whose texts are made of statuses.
const OF_STATUSES: [&str; 3] = ["status", "result", "sequence of statuses"];

/// The words before a number that say that it is the code of an answer.
const BEFORE_CODES: [&str; 3] = ["HTTP", "envelope", "status"];

/// What was found at a place, with every number and every random name replaced by its class. The codes of answers stay,
/// since they tell one failure from another.
pub(super) fn classed(place: &str, text: &str) -> String {
    let has_statuses = OF_STATUSES.contains(&place);
    let mut before = "";
    let pieces = text.split_inclusive(|character| !is_part(character)).map(|piece| {
        let word = piece.trim_end_matches(|character| !is_part(character));
        let is_code = is_status(word) && (has_statuses || BEFORE_CODES.contains(&before));
        before = if word.is_empty() { before } else { word };
        if is_code { piece.to_owned() } else { class_of(word) + &piece[word.len()..] }
    });
    let text: String = pieces.collect();
    SEVERAL.as_ref().map_or(text.clone(), |several| several.replace_all(&text, NUMBER).into_owned())
}

fn is_part(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-_".contains(character)
}

fn is_status(word: &str) -> bool {
    word.len() == 3 && word.parse().is_ok_and(|code: u16| (100..600).contains(&code))
}

fn class_of(word: &str) -> String {
    if word.split(['-', '_']).any(is_random) {
        return "<id>".to_owned();
    }
    DIGITS.as_ref().map_or_else(|| word.to_owned(), |digits| digits.replace_all(word, NUMBER).into_owned())
}

/// Whether nobody gave this name: its digits and letters are mixed.
fn is_random(word: &str) -> bool {
    let is_mixed =
        word.as_bytes().windows(2).any(|pair| pair[0].is_ascii_digit() && pair[1].is_ascii_alphabetic());
    let is_hex =
        word.bytes().all(|byte| byte.is_ascii_hexdigit()) && word.bytes().any(|byte| byte.is_ascii_digit());
    let has_letters = word.bytes().any(|byte| byte.is_ascii_alphabetic());
    is_mixed && word.len() >= RANDOM_LENGTH || is_hex && has_letters && word.len() >= HEX_LENGTH
}

static DIGITS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"-?\d+").ok());

/// A number with decimals, or a list of numbers: how many there are is chance, too.
static SEVERAL: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"<number>(?:(?:\.|, ?)<number>)+").ok());

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("not before 77", "not before <number>")]
    #[case("not before -3.5", "not before <number>")]
    #[case("63 after 77", "<number> after <number>")]
    #[case("149 after 150", "<number> after <number>")]
    #[case(
        "HTTP 200: {\"s\":\"failed\",\"progress\":11}",
        "HTTP 200: {\"s\":\"failed\",\"progress\":<number>}"
    )]
    #[case("success (HTTP 200, envelope 404)", "success (HTTP 200, envelope 404)")]
    #[case("status 404, or body empty", "status 404, or body empty")]
    #[case("[1, 2,3.5]", "[<number>]")]
    #[case("\"job42\"", "\"job<number>\"")]
    #[case("\"job-42\"", "\"job<number>\"")]
    #[case("\"job-7f3a\"", "\"<id>\"")]
    #[case("\"abc123\"", "\"<id>\"")]
    #[case("\"aB3xK9pQ\"", "\"<id>\"")]
    #[case("4xx", "<number>xx")]
    #[case("charset=utf-8", "charset=utf<number>")]
    #[case("\"DONE\" or \"EXECUTING\"", "\"DONE\" or \"EXECUTING\"")]
    #[case("decade-facade", "decade-facade")]
    fn what_changes_from_run_to_run_is_classed(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(classed("/a", text), expected);
    }

    #[rstest]
    #[case("status", "one of 200, 202", "one of 200, 202")]
    #[case("sequence of statuses", "202 200 303 404", "202 200 303 404")]
    #[case("/code", "404", "<number>")]
    #[case("header retry-after", "\"120\"", "\"<number>\"")]
    fn a_code_stays_where_codes_are_looked_at(
        #[case] place: &str,
        #[case] text: &str,
        #[case] expected: &str,
    ) {
        assert_eq!(classed(place, text), expected);
    }
}
