//! Cases that ended in an error, by reason, and how many cases came to which verdict.

use std::fmt::Write;

use super::Page;
use crate::outcome::{CaseOutcome, Verdict, phrase};
use crate::report::palette::paint;
use crate::report::{describe, reasons};

/// How many ids stand behind a reason.
const SHOWN: usize = 3;

/// Errors of the environment: each reason once, with the cases it hit.
pub(super) fn errors(page: &Page<'_>) -> String {
    let mut text = String::new();
    for (reason, cases) in reasons::errors(page.outcome) {
        let ids: Vec<&str> = cases.iter().map(|case| case.id.as_str()).collect();
        _ = writeln!(text, "{} {reason}", paint(page.palette.bad, "ERROR"));
        _ = writeln!(text, "  {}: {}", phrase::count(ids.len(), "case"), phrase::first_of(&ids, SHOWN));
        if let Some(exchange) = cases[0].exchanges.last() {
            _ = writeln!(text, "  {}", describe::exchange(exchange));
        }
        _ = writeln!(text, "  this case     {}", describe::rerun(&ids[..1], page.outcome));
    }
    text
}

/// `12 cases in 1.2 s: 1 fail, 11 pass; 30 exchanges, 14 jobs asked for`.
pub(super) fn tally(page: &Page<'_>) -> String {
    let outcome = page.outcome;
    let verdicts = Verdict::ALL.into_iter().filter_map(|verdict| {
        let number = page.cases(verdict).count();
        (number > 0).then(|| paint(page.palette.verdict(verdict), &format!("{number} {verdict}")))
    });
    let verdicts: Vec<String> = verdicts.collect();
    let incomplete = if outcome.interrupted { "incomplete: " } else { "" };
    let cases = phrase::count(outcome.cases.len(), "case");
    if outcome.cases.is_empty() {
        return format!("{incomplete}{cases}");
    }
    format!(
        "{incomplete}{cases} in {}: {}; {}",
        describe::time(outcome.volatile.duration),
        verdicts.join(", "),
        effort(&outcome.cases),
    )
}

fn effort(cases: &[CaseOutcome]) -> String {
    let sum = |number: fn(&CaseOutcome) -> usize| cases.iter().map(number).sum::<usize>();
    let exchanges = phrase::count(sum(|case| case.exchanges.len()), "exchange");
    let jobs = phrase::count(sum(|case| case.jobs_created as usize), "job");
    let text = format!("{exchanges}, {jobs} asked for");
    match sum(|case| case.disturbances as usize) {
        0 => text,
        number => format!("{text}, {} tolerated", phrase::count(number, "disturbance")),
    }
}
