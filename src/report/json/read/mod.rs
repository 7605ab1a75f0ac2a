//! A stored report back into the outcome it was written from, so that every format can be written again.

mod baseline;
mod document;
mod exchange;
mod lines;
mod outcome;
mod place;

use crate::diagnostic::Diagnostic;
use crate::outcome::RunOutcome;
use crate::source::SourceMap;

pub use document::Document;

/// What a report tells: everything that a format shows.
#[derive(Debug)]
pub struct Stored {
    /// What came of the run.
    pub outcome: RunOutcome,
    /// The lines of scenarios that the outcome points at, where they stood.
    pub sources: SourceMap,
}

/// Reads a report; `name` is what messages call it. One that was changed after it was written is refused.
pub fn read(name: &str, text: &str) -> Result<Stored, Diagnostic> {
    let document = Document::parse(name, text)?;
    document.check_seal()?;
    document.stored()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Format, json, render, sample};
    use rstest::rstest;

    #[test]
    fn every_format_of_a_stored_report_is_that_of_the_run() {
        for (outcome, sources) in [sample::run(), sample::known(), sample::green()] {
            let stored = read("report.json", &json::render(&outcome, &sources)).unwrap();
            for (name, format) in Format::NAMES {
                let (before, after) =
                    (render(format, &outcome, &sources), render(format, &stored.outcome, &stored.sources));
                assert_eq!(before, after, "{name}");
            }
        }
    }

    #[rstest]
    #[case::no_json("{", "<", "is no JSON")]
    #[case::cut("\n}\n", "", "ends too early")]
    #[case::newer("orchspec/report/1", "orchspec/report/2", "is of the form `orchspec/report/2`")]
    #[case::other_kind("orchspec/report/1", "orchspec/mutants/1", "is of the form `orchspec/mutants/1`")]
    #[case::no_form("\"schema\"", "\"scheme\"", "is no report of orchspec")]
    #[case::word(
        "\"verdict\": \"pass\"",
        "\"verdict\": \"passed\"",
        "`passed` is no verdict, expected one of"
    )]
    #[case::key("\"identity\"", "\"identty\"", "missing field `identity`")]
    #[case::verdict("\"verdict\": \"pass\"", "\"verdict\": \"fail\"", "was changed after it was written")]
    #[case::evidence("262.0", "263.0", "was changed after it was written")]
    fn what_is_no_whole_report_is_refused_with_the_reason(
        #[case] right: &str,
        #[case] wrong: &str,
        #[case] expected: &str,
    ) {
        let (outcome, sources) = sample::run();
        let text = json::render(&outcome, &sources);
        assert!(text.contains(right));
        let message = read("report.json", &text.replacen(right, wrong, 1)).unwrap_err().message;
        assert!(message.starts_with("`report.json`") && message.contains(expected), "{message}");
    }

    #[test]
    fn no_beginning_of_a_report_makes_it_panic() {
        let (outcome, sources) = sample::green();
        let text = json::render(&outcome, &sources);
        for end in (0..text.len() - 2).filter(|end| text.is_char_boundary(*end)) {
            read("report.json", &text[..end]).unwrap_err();
        }
    }
}
