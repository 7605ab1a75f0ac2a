//! `JUnit` XML for CI servers: a suite for each folder of scenarios, a test case for each case.
//!
//! What could not be decided is an `error`, so that no CI server shows it as green; what a baseline excuses is skipped.
//! Where the gate is closed by nothing that a case shows, such as a stale baseline, a test case of its own says so.
//! Every time is on the clock of the cases, which is virtual on the embedded mock; what stands above several is their sum.

use std::collections::BTreeMap;
use std::fmt::Write;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::{describe, known, terminal};
use crate::outcome::gate::{self, GateExit};
use crate::outcome::{CaseOutcome, RunOutcome, Verdict};
use crate::requirement::RequirementId;
use crate::source::SourceMap;

/// The document, indented.
pub fn render(outcome: &RunOutcome, sources: &SourceMap) -> String {
    let mut folders: BTreeMap<&str, Vec<&CaseOutcome>> = BTreeMap::new();
    for case in &outcome.cases {
        folders.entry(folder(&case.id)).or_default().push(case);
    }
    let mut report = Report::new(if outcome.interrupted { "orchspec (incomplete)" } else { "orchspec" });
    report.set_time(outcome.cases.iter().map(|case| case.duration).sum());
    report.add_test_suites(folders.iter().map(|(name, cases)| suite(name, cases, outcome, sources)));
    if outcome.gate.exit != GateExit::Satisfied && report.failures + report.errors == 0 {
        report.add_test_suite(closed_gate(outcome));
    }
    // The writer is a string and every text is clean, so there is nothing that could fail.
    without_sum_of_skipped(report.to_string().unwrap_or_default())
}

/// The schema knows the number of skipped cases of a suite, but not of all suites.
fn without_sum_of_skipped(document: String) -> String {
    let attribute = document.find("<testsuites ").and_then(|root| {
        let start = root + document[root..].find(" skipped=\"")?;
        let end = start + document[start..].match_indices('"').nth(1)?.0 + 1;
        Some(start..end)
    });
    match attribute {
        Some(range) => [&document[..range.start], &document[range.end..]].concat(),
        None => document,
    }
}

fn suite(name: &str, cases: &[&CaseOutcome], outcome: &RunOutcome, sources: &SourceMap) -> TestSuite {
    let mut suite = TestSuite::new(clean(name));
    suite.set_time(cases.iter().map(|case| case.duration).sum());
    let judged = if outcome.is_of_client() { "client" } else { "target" };
    suite.add_property((judged, clean(&outcome.target.identity).as_str()));
    suite.add_property(("complete", if outcome.interrupted { "no" } else { "yes" }));
    if let Some(shard) = &outcome.selection.shard {
        suite.add_property(("shard", shard.as_str()));
    }
    suite.add_property(("gate", clean(&describe::gate(outcome)).as_str()));
    suite.add_test_cases(cases.iter().map(|case| test_case(case, outcome, sources)));
    suite
}

/// What closes the gate although no case shows it.
fn closed_gate(outcome: &RunOutcome) -> TestSuite {
    let kind = match outcome.gate.exit {
        GateExit::Violation => NonSuccessKind::Failure,
        _ => NonSuccessKind::Error,
    };
    let mut status = TestCaseStatus::non_success(kind);
    status.set_message(clean(&describe::gate(outcome)));
    status.set_type(outcome.gate.exit.word());
    status.set_description(clean(&outcome.gate.because.join("\n")));
    let mut test = TestCase::new("gate", status);
    test.set_classname("gate");
    let mut suite = TestSuite::new("gate");
    suite.add_test_case(test);
    suite
}

fn test_case(case: &CaseOutcome, outcome: &RunOutcome, sources: &SourceMap) -> TestCase {
    let mut test = TestCase::new(clean(&case.id), status(case, outcome, sources));
    test.set_classname(clean(folder(&case.id)));
    test.set_time(case.duration);
    test.set_system_out(clean(&facts(case, sources)));
    test
}

/// What there is to know of a case beside its status; the schema that CI servers go by has no properties of a case.
fn facts(case: &CaseOutcome, sources: &SourceMap) -> String {
    let mut text = format!("verdict: {}\nsource: {}\n", case.verdict(), sources.describe(case.span));
    for verdict in &case.verdicts {
        _ = writeln!(text, "{}: {}", verdict.requirement, verdict.verdict);
    }
    for snapshot in &case.snapshots {
        _ = writeln!(text, "snapshot {}: {}", snapshot.name, snapshot.state);
    }
    text
}

fn status(case: &CaseOutcome, outcome: &RunOutcome, sources: &SourceMap) -> TestCaseStatus {
    let verdict = case.verdict();
    let refusals = gate::refusals(case, &outcome.gate.options);
    let (mut status, kind, message) = match (outcome.excuses(case).as_slice(), refusals.as_slice()) {
        ([entry, ..], []) => {
            (TestCaseStatus::skipped(), verdict.word(), format!("known: {}", known::reason(entry)))
        }
        (_, [refusal, ..]) if !matches!(verdict, Verdict::Fail | Verdict::Error | Verdict::Inconclusive) => {
            (TestCaseStatus::non_success(NonSuccessKind::Failure), "snapshot", refusal.clone())
        }
        _ => (of(verdict, outcome.gate.options.fail_on_warn), verdict.word(), message(case)),
    };
    status.set_message(clean(&message));
    status.set_type(kind);
    if verdict == Verdict::Fail && matches!(status, TestCaseStatus::NonSuccess { .. }) {
        status.set_description(clean(&terminal::failure(case, outcome, sources)));
    }
    status
}

/// What a verdict is in the format's own words.
fn of(verdict: Verdict, fail_on_warn: bool) -> TestCaseStatus {
    match verdict {
        Verdict::Fail => TestCaseStatus::non_success(NonSuccessKind::Failure),
        Verdict::Warn if fail_on_warn => TestCaseStatus::non_success(NonSuccessKind::Failure),
        Verdict::Error | Verdict::Inconclusive => TestCaseStatus::non_success(NonSuccessKind::Error),
        Verdict::Pass | Verdict::Info | Verdict::Warn => TestCaseStatus::success(),
        Verdict::Skip | Verdict::Unattainable | Verdict::Unsupported => TestCaseStatus::skipped(),
    }
}

/// The first thing to know about a case that does not pass, in one line.
fn message(case: &CaseOutcome) -> String {
    let verdict = case.verdict();
    let decisive = case.verdicts.iter().find(|own| own.verdict == verdict);
    let divergence = decisive.and_then(|decisive| case.first_divergence(&decisive.requirement));
    if let (Verdict::Fail | Verdict::Warn, Some(finding)) = (verdict, divergence) {
        let ids: Vec<&str> = finding.requirements.iter().map(RequirementId::as_str).collect();
        return format!(
            "{}: {}: expected {}, actual {}",
            ids.join(", "),
            finding.place,
            finding.expected,
            finding.actual
        );
    }
    let because = decisive.and_then(|decisive| decisive.because.as_deref());
    because.or(case.not_run.as_deref()).unwrap_or(verdict.word()).to_owned()
}

/// `uipath/async` of `uipath/async/completes-with-303@get`.
fn folder(id: &str) -> &str {
    let scenario = id.split_once('@').map_or(id, |(scenario, _)| scenario);
    scenario.rsplit_once('/').map_or(scenario, |(folder, _)| folder)
}

/// Without what no XML document may hold; other controls become readable.
fn clean(text: &str) -> String {
    super::visible::harmless(text, &[]).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("uipath/async/completes@get", "uipath/async")]
    #[case("uipath/async/completes@a/b", "uipath/async")]
    #[case("alone", "alone")]
    fn suites_are_folders(#[case] id: &str, #[case] expected: &str) {
        assert_eq!(folder(id), expected);
    }

    #[test]
    fn nothing_is_left_that_xml_forbids() {
        assert_eq!(clean("a\u{0}\u{b}\u{fffe}\u{1b}[31mb\n"), "a\\u{0}\\u{b}\u{fffd}\\u{1b}[31mb\n");
    }
}
