//! A run that nobody answered: what was tried, why that failed and the way out, instead of a list of all that was not
//! judged.

use std::fmt::Write;

use super::Page;
use crate::outcome::{CaseOutcome, RecordedAnswer, RecordedExchange, Verdict, phrase};
use crate::report::palette::paint;
use crate::report::reasons;

/// Nothing if any request got an answer, or if the environment was in order.
pub(super) fn render(page: &Page<'_>) -> Option<String> {
    let failed: Vec<&CaseOutcome> = page.cases(Verdict::Error).collect();
    let is_left_out = |case: &CaseOutcome| case.verdict() != Verdict::Error && !case.exchanges.is_empty();
    if failed.is_empty() || page.outcome.cases.iter().any(|case| is_answered(case) || is_left_out(case)) {
        return None;
    }
    let tried = failed.iter().find(|case| !case.exchanges.is_empty()).copied();
    let reason = tried.unwrap_or(failed[0]).not_run.as_deref().unwrap_or(reasons::NO_REASON);
    let mut text = format!("{} {reason}\n", paint(page.palette.bad, "ERROR"));
    _ = writeln!(text, "  not judged  {}", phrase::count(failed.len(), "case"));
    if let Some((case, exchange)) = tried.and_then(|case| Some((case, case.exchanges.first()?))) {
        _ = writeln!(text, "  tried       {} {}, for {}", exchange.method, exchange.url, case.id);
        _ = writeln!(text, "  way out     {WAY_OUT}");
    }
    Some(text)
}

const WAY_OUT: &str =
    "are `base` and, for https, `tls` in the target file right? time for a server to start: --wait DURATION";

fn is_answered(case: &CaseOutcome) -> bool {
    let is_response =
        |exchange: &RecordedExchange| matches!(exchange.answer, RecordedAnswer::Response { .. });
    case.exchanges.iter().any(is_response)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcome::RunOutcome;
    use crate::report::{Palette, sample};

    fn text(outcome: &RunOutcome) -> Option<String> {
        let sources = sample::run().1;
        render(&Page { outcome, sources: &sources, palette: &Palette::plain() })
    }

    #[test]
    fn where_nobody_answers_little_is_said() {
        let (mut outcome, _) = sample::run();
        outcome.cases.retain(|case| [Verdict::Error, Verdict::Unattainable].contains(&case.verdict()));
        let mut exchange = sample::exchange("1, \"call\"", "GET", "/jobs", 200, "");
        exchange.answer = RecordedAnswer::None("connection refused".to_owned());
        outcome.cases[0].exchanges = vec![exchange];
        insta::assert_snapshot!(text(&outcome).unwrap(), @r"
        ERROR connection refused: nobody listens there
          not judged  1 case
          tried       GET http://127.0.0.1:8080/jobs, for tst/main/unreachable
          way out     are `base` and, for https, `tls` in the target file right? time for a server to start: --wait DURATION
        ");
    }

    #[test]
    fn where_anything_was_judged_all_is_said() {
        assert_eq!(text(&sample::run().0), None);
        assert_eq!(text(&sample::green().0), None);
    }
}
