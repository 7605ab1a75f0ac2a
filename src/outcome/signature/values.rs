//! The values in a text that are others on every run of one failure: what counts something, and what names it by chance.

use std::sync::LazyLock;

use regex::Regex;

/// From this length on a word with a digit before a letter is taken for a random name: `4xx` and `h2c` are none.
const RANDOM_LENGTH: usize = 4;

/// From this length on a word of hexadecimal digits is taken for one.
const HEX_LENGTH: usize = 6;

/// What stands for every number.
const NUMBER: &str = "<number>";

/// What stands for every random name.
const RANDOM: &str = "<id>";

/// The places of findings whose texts are made of statuses.
const OF_STATUSES: [&str; 3] = ["status", "result", "sequence of statuses"];

/// The words before a number that say that it is the code of an answer.
const BEFORE_CODES: [&str; 3] = ["HTTP", "envelope", "status"];

/// What was found at a place, with every number and every random name replaced by its class. The codes of answers stay,
/// and so does the number in a value that stands alone, such as `4` or `"E1001"`, which may be a code of the server's own:
/// they tell one failure from another.
pub(super) fn classed(place: &str, text: &str) -> String {
    if is_alone(text) {
        return if is_random_word(text.trim_matches('"')) { RANDOM.to_owned() } else { text.to_owned() };
    }
    let text = &replaced(&FLOATS, text, NUMBER);
    let has_statuses = OF_STATUSES.contains(&place);
    let mut before = "";
    let pieces = text.split_inclusive(|character| !is_part(character)).map(|piece| {
        let word = piece.trim_end_matches(|character| !is_part(character));
        let is_code = is_status(word) && (has_statuses || BEFORE_CODES.contains(&before));
        before = if word.is_empty() { before } else { word };
        if is_code { piece.to_owned() } else { class_of(word) + &piece[word.len()..] }
    });
    let text: String = pieces.collect();
    replaced(&SEVERAL, &text, NUMBER)
}

/// Whether the text is one word or number, in quotes or without.
fn is_alone(text: &str) -> bool {
    !text.is_empty() && text.trim_matches('"').chars().all(|character| is_part(character) || character == '.')
}

fn replaced(pattern: &LazyLock<Option<Regex>>, text: &str, class: &str) -> String {
    pattern.as_ref().map_or_else(|| text.to_owned(), |pattern| pattern.replace_all(text, class).into_owned())
}

fn is_part(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-_".contains(character)
}

fn is_status(word: &str) -> bool {
    word.len() == 3 && word.parse().is_ok_and(|code: u16| (100..600).contains(&code))
}

fn class_of(word: &str) -> String {
    if is_random_word(word) {
        return RANDOM.to_owned();
    }
    replaced(&DIGITS, word, NUMBER)
}

/// Whether a part of the word is a name that nobody gave.
fn is_random_word(word: &str) -> bool {
    word.split(['-', '_']).any(is_random)
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

static DIGITS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\d+").ok());

/// A number with an exponent, which is a word with letters otherwise.
static FLOATS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b\d+(?:\.\d+)?[eE][+-]?\d+\b").ok());

/// A number with a sign or decimals, or a list of numbers: how many there are is chance, too.
static SEVERAL: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"-?<number>(?:(?:\.|, ?)?-?<number>)*").ok());

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
    #[case("at 8e-05 of 0.1", "at <number> of <number>")]
    #[case("worker-999 and worker-<number> died", "worker<number> and worker<number> died")]
    #[case("ORD-2026-17 is late", "ORD<number> is late")]
    #[case("job42 failed", "job<number> failed")]
    #[case("job-7f3a failed", "<id> failed")]
    #[case("4xx or 5xx", "<number>xx or <number>xx")]
    #[case("charset=utf-8", "charset=utf<number>")]
    #[case("4", "4")]
    #[case("-32601", "-32601")]
    #[case("\"E1001\"", "\"E1001\"")]
    #[case("\"1.2\"", "\"1.2\"")]
    #[case("\"job-7f3a\"", "<id>")]
    #[case("\"abc123\"", "<id>")]
    #[case("\"aB3xK9pQ\"", "<id>")]
    #[case("\"DONE\" or \"EXECUTING\"", "\"DONE\" or \"EXECUTING\"")]
    #[case("decade-facade", "decade-facade")]
    fn what_changes_from_run_to_run_is_classed(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(classed("/a", text), expected);
    }

    #[rstest]
    #[case("status", "one of 200, 202", "one of 200, 202")]
    #[case("sequence of statuses", "202 200 303 404", "202 200 303 404")]
    #[case("/code", "404 after 500", "<number> after <number>")]
    fn a_code_stays_where_codes_are_looked_at(
        #[case] place: &str,
        #[case] text: &str,
        #[case] expected: &str,
    ) {
        assert_eq!(classed(place, text), expected);
    }
}
