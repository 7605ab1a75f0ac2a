//! What neither passes nor fails: warnings one by one, everything undecided or left out by its reason.

use std::fmt::Write;

use super::Page;
use crate::outcome::{CaseOutcome, Finding, Verdict, phrase};
use crate::report::palette::paint;
use crate::report::{describe, reasons};

/// How many ids stand behind a reason.
const SHOWN_IDS: usize = 6;
const SHOWN_CASES: usize = 2;

/// Recommendations that are not followed, with the first finding of each.
pub(super) fn warnings(page: &Page<'_>) -> String {
    let mut text = String::new();
    for reasons::Warning { requirement, cases, finding } in reasons::warnings(page.outcome) {
        let label = paint(page.palette.doubtful, "WARN");
        _ = writeln!(text, "{label}  {}", describe::requirement(requirement));
        text.push_str(&finding.map(first_finding).unwrap_or_default());
        _ = writeln!(text, "      in        {}", and_more(&cases[0].id, cases.len() - 1));
    }
    text
}

/// The requirements of a verdict, by the reason that the cases give; a requirement without any case is only counted.
pub(super) fn grouped(page: &Page<'_>, verdict: Verdict, heading: &str) -> String {
    let number = reasons::number(page.outcome, verdict);
    if number == 0 {
        return String::new();
    }
    let heading = format!("{heading}: {}", phrase::count(number, "requirement"));
    let mut text = format!("{}\n", paint(page.palette.verdict(verdict), &heading));
    for (reason, group) in reasons::grouped(page.outcome, verdict) {
        let ids: Vec<&str> = group.requirements.iter().map(|requirement| requirement.id.as_str()).collect();
        let cases: Vec<&str> = group.cases.iter().map(|case| case.id.as_str()).collect();
        _ = writeln!(text, "  {:>3}  {reason}: {}", ids.len(), phrase::first_of(&ids, SHOWN_IDS));
        if verdict == Verdict::Inconclusive {
            text.push_str(&cause(group.cases[0]));
        }
        let cases = phrase::first_of(&cases, SHOWN_CASES);
        _ = writeln!(text, "       {}", paint(page.palette.faint, &format!("in {cases}")));
    }
    text
}

/// What was found wanting on the way to a verdict that could not be reached.
fn cause(case: &CaseOutcome) -> String {
    let line = |finding: &Finding| {
        let Finding { step, place, expected, actual, .. } = finding;
        format!("       step {step}: {place}: expected {expected}, actual {actual}\n")
    };
    case.findings.first().map(line).unwrap_or_default()
}

/// Which policies of the target file decided a verdict.
pub(super) fn policies(page: &Page<'_>) -> String {
    let line = |(policy, ids): (&str, Vec<&str>)| {
        format!("policy {policy} decided {}\n", phrase::first_of(&ids, SHOWN_IDS))
    };
    reasons::policies(page.outcome).into_iter().map(line).collect()
}

fn first_finding(finding: &Finding) -> String {
    format!(
        "      at        step {}: {}\n      expected  {}\n      actual    {}\n",
        finding.step, finding.place, finding.expected, finding.actual
    )
}

fn and_more(first: &str, more: usize) -> String {
    if more == 0 { first.to_owned() } else { format!("{first} and {more} more") }
}
