//! What a finding looks like on every run: its text with everything that changes from run to run replaced by its class.

mod values;

use std::sync::LazyLock;

use regex::Regex;

use crate::requirement::RequirementId;

/// What changes from run to run, and the class that stands for it; the longer forms come first.
const CLASSES: [(&str, &str); 7] = [
    (r#"https?://[^\s"'<>]+"#, "<url>"),
    (r"\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\b", "<uuid>"),
    (r"\b\d{4}[-/]\d{2}[-/]\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d+)?(?:Z|[+-]\d{2}:?\d{2})?", "<instant>"),
    (
        r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} (?:GMT|UTC|[+-]\d{4})",
        "<instant>",
    ),
    (r"\b(?:\d+(?:\.\d+)?(?:h|ms|m|s))+\b", "<duration>"),
    // How often a poll asks within its time is chance.
    (r"\b\d+ (pending )?answers?\b", "<number> ${1}answers"),
    (r"\b\d{4,}\b", "<number>"),
];

/// From this length on a word with a digit is taken for an id.
const OPAQUE_LENGTH: usize = 16;

/// Of a text that was cut, so much counts: where it was cut depends on what changes before that.
const SURE_OF_CUT: usize = 50;

/// `requirement|step|place|expected|actual`, the last two with every value that may be another on the next run replaced
/// by its class; requirements are joined by commas.
pub fn of(requirements: &[RequirementId], step: &str, place: &str, expected: &str, actual: &str) -> String {
    let requirements: Vec<&str> = requirements.iter().map(RequirementId::as_str).collect();
    let [expected, actual] =
        [expected, actual].map(|text| without_cut(&values::classed(place, &plain(text))));
    format!("{}|{step}|{place}|{expected}|{actual}", requirements.join(","))
}

/// The same for a reason that is about no place.
pub fn of_reason(reason: &str) -> String {
    without_cut(&values::classed("", &plain(reason)))
}

/// A text with ids, instants, URLs and durations replaced by their class, for a person to read: small numbers stay.
pub fn stable(text: &str) -> String {
    without_cut(&plain(text))
}

fn plain(text: &str) -> String {
    let text = PATTERNS
        .iter()
        .fold(text.to_owned(), |text, (pattern, class)| pattern.replace_all(&text, *class).into_owned());
    without_opaque_ids(&without_repeats(&text))
}

/// Ends a text that was cut at a place that is the same on every run.
fn without_cut(text: &str) -> String {
    let end = text.char_indices().nth(SURE_OF_CUT).filter(|_| text.ends_with('…'));
    end.map_or_else(|| text.to_owned(), |(end, _)| format!("{}…", &text[..end]))
}

/// A sequence of statuses without how often each came in a row: `200 200 303` is `200 303`.
fn without_repeats(text: &str) -> String {
    let is_status = |word: &str| word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_digit());
    let mut words: Vec<&str> = text.split(' ').collect();
    words.dedup_by(|next, last| next == last && is_status(next));
    words.join(" ")
}

/// Replaces every long word with a digit in it: a random name, not one that a person gave.
fn without_opaque_ids(text: &str) -> String {
    let is_part = |character: char| character.is_ascii_alphanumeric() || "-_".contains(character);
    let pieces = text.split_inclusive(|character| !is_part(character));
    pieces
        .map(|piece| {
            let word = piece.trim_end_matches(|character| !is_part(character));
            let is_opaque = word.len() >= OPAQUE_LENGTH && word.bytes().any(|byte| byte.is_ascii_digit());
            if is_opaque { piece.replacen(word, "<id>", 1) } else { piece.to_owned() }
        })
        .collect()
}

static PATTERNS: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    CLASSES.iter().filter_map(|(pattern, class)| Some((Regex::new(pattern).ok()?, *class))).collect()
});

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[test]
    fn every_class_has_a_pattern_that_compiles() {
        assert_eq!(PATTERNS.len(), CLASSES.len());
    }

    #[rstest]
    #[case("success (HTTP 200, envelope 200)", "success (HTTP 200, envelope 200)")]
    #[case("http://127.0.0.1:8080/jobs/7/status", "<url>")]
    #[case("\"/jobs/5d5ec66f-357d-4c2d-bbc1-2012278d2361/output\"", "\"/jobs/<uuid>/output\"")]
    #[case("2026-11-22T01:17:01.5Z is before 2026-11-22T01:17:02+03:00", "<instant> is before <instant>")]
    #[case("Sun, 22 Nov 2026 09:18:20 GMT", "<instant>")]
    #[case("[INF] 2026/11/22 09:18:20 | bot", "[INF] <instant> | bot")]
    #[case("at least 1m30s, came after 250ms", "at least <duration>, came after <duration>")]
    #[case("none of 15 answers does", "none of <number> answers does")]
    #[case("1 pending answer seen, at least 3 needed", "<number> pending answers seen, at least 3 needed")]
    #[case("200 200 200 303 404", "200 303 404")]
    #[case("a  b b 12 12", "a  b b 12 12")]
    #[case("task 104233", "task <number>")]
    #[case("job eyJhbGciOiJIUzI1NiJ9", "job <id>")]
    #[case("asynchronous-request-reply", "asynchronous-request-reply")]
    fn only_what_changes_is_replaced(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(stable(text), expected);
    }

    #[rstest]
    #[case("{\"id\":9999,\"log\":\"a task that runs, and then ends as it should", 60)]
    #[case(
        "not JSON: \"<p>call 5d5ec66f-357d-4c2d-bbc1-2012278d2361 failed, say so to the administrator\"",
        90
    )]
    fn where_a_text_was_cut_says_nothing(#[case] text: &str, #[case] end: usize) {
        let [one, other] = [end, end - 1].map(|end| stable(&format!("{}…", &text[..end])));
        assert_eq!(one, other);
        assert!(one.chars().count() > 20 && one.ends_with('…'), "{one}");
    }

    #[test]
    fn names_everything_that_tells_findings_apart() {
        let ids = [RequirementId::new("UIP-SYNC-02"), RequirementId::new("UIP-SYNC-03")];
        let signature = of(&ids, "1, \"call\"", "timing held", "at least 20s", "3ms");
        assert_eq!(
            signature,
            "UIP-SYNC-02,UIP-SYNC-03|1, \"call\"|timing held|at least <duration>|<duration>"
        );
    }
}
