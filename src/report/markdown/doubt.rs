//! What neither passes nor fails: warnings, what could not be decided, what was left out and why, and which policies
//! decided a verdict.

use std::fmt::Write;

use super::bound::Section;
use super::escape::{code, folded, text};
use super::{first_of, section};
use crate::outcome::{RunOutcome, Verdict, phrase};
use crate::report::{describe, known, reasons};

/// Each kind of doubt in a section of its own.
pub(super) fn render(outcome: &RunOutcome) -> Vec<Section> {
    let left_out = [
        (Verdict::Skip, "skipped"),
        (Verdict::Unattainable, "not attainable with this target file"),
        (Verdict::Unsupported, describe::UNSUPPORTED),
    ];
    let mut sections =
        vec![section("list of warnings", warnings(outcome)), section("table of doubts", undecided(outcome))];
    sections.extend(
        left_out.map(|(verdict, heading)| section("folded table", folded_table(outcome, verdict, heading))),
    );
    sections.push(section("list of policies", policies(outcome)));
    sections.push(section("list of known failures", excused(outcome)));
    sections
}

fn excused(outcome: &RunOutcome) -> String {
    let Some(heading) = known::excused(outcome) else { return String::new() };
    let lines = known::excuses(outcome).into_iter().map(|excuse| {
        let cases = excuse.cases.iter().map(|(case, ids)| format!("  - {}: {}\n", code(case), first_of(ids)));
        format!("- {}\n{}", text(&excuse.reason), cases.collect::<String>())
    });
    let lines: String = lines.collect();
    let heading = text(&heading);
    format!("### {heading}\n\n{lines}")
}

fn warnings(outcome: &RunOutcome) -> String {
    let mut page = String::new();
    for reasons::Warning { requirement, cases, finding } in reasons::warnings(outcome) {
        let ids: Vec<&str> = cases.iter().map(|case| case.id.as_str()).collect();
        _ = writeln!(page, "- {}, in {}", text(&describe::requirement(requirement)), first_of(&ids));
        if let Some(finding) = finding {
            let (place, expected, actual) =
                (code(&finding.place), code(&finding.expected), code(&finding.actual));
            _ = writeln!(
                page,
                "  - step {}: {place}: expected {expected}, actual {actual}",
                text(&finding.step)
            );
        }
    }
    if page.is_empty() { page } else { format!("### Warnings\n\n{page}") }
}

fn undecided(outcome: &RunOutcome) -> String {
    let rows = table(outcome, Verdict::Inconclusive);
    if rows.is_empty() { rows } else { format!("### Could not be decided\n\n{rows}") }
}

fn folded_table(outcome: &RunOutcome, verdict: Verdict, heading: &str) -> String {
    match reasons::number(outcome, verdict) {
        0 => String::new(),
        number => {
            let summary = format!("{heading}: {}", phrase::count(number, "requirement"));
            folded(&summary, &table(outcome, verdict))
        }
    }
}

/// A row for each reason; nothing if no requirement came to this verdict.
fn table(outcome: &RunOutcome, verdict: Verdict) -> String {
    let mut rows = String::new();
    for (reason, group) in reasons::grouped(outcome, verdict) {
        let ids: Vec<&str> = group.requirements.iter().map(|row| row.id.as_str()).collect();
        let cases: Vec<&str> = group.cases.iter().map(|case| case.id.as_str()).collect();
        _ = writeln!(rows, "| {} | {} | {} |", code(reason), first_of(&ids), first_of(&cases));
    }
    if rows.is_empty() { rows } else { format!("| because | requirements | cases |\n|---|---|---|\n{rows}") }
}

fn policies(outcome: &RunOutcome) -> String {
    let line = |(policy, ids): (&str, Vec<&str>)| format!("- {} decided {}\n", code(policy), first_of(&ids));
    let page: String = reasons::policies(outcome).into_iter().map(line).collect();
    if page.is_empty() { page } else { format!("### Policies\n\n{page}") }
}
