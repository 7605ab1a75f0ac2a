//! The failing cases: what was demanded and what came stands open, how it went is folded.

use std::fmt::Write;

use super::bound::Section;
use super::escape::{block, code, folded, text};
use super::section;
use crate::outcome::{CaseOutcome, RunOutcome, phrase};
use crate::report::{alike, curl, describe, reasons, terminal};
use crate::source::SourceMap;

/// A section for each failing case, equal failures of one scenario in one; then the errors of the environment.
pub(super) fn render(outcome: &RunOutcome, sources: &SourceMap) -> Vec<Section> {
    let groups = alike::failing(outcome);
    let (shown, listed) = groups.split_at(groups.len().min(alike::shown(outcome)));
    let mut sections = Vec::new();
    if !groups.is_empty() {
        sections.push(section("heading", "### Violations".to_owned()));
    }
    let told =
        |(case, like_it): &alike::Alike<'_>| section("violation", told(outcome, sources, case, like_it));
    sections.extend(shown.iter().map(told));
    sections.push(section("list of violations", list(listed)));
    sections.push(section("list of errors", errors(outcome)));
    sections
}

fn told(outcome: &RunOutcome, sources: &SourceMap, case: &CaseOutcome, like_it: &[&CaseOutcome]) -> String {
    let parts = terminal::failure_in_parts(case, outcome, sources);
    let culprit = parts.culprit.filter(|exchange| curl::is_of_use(outcome, exchange));
    let request = culprit.map(curl::command).unwrap_or_default();
    let again = format!("{request}\n{}", describe::rerun(&[&case.id], outcome));
    let exchanges = phrase::count(case.exchanges.len(), "exchange");
    format!(
        "#### {}{}\n\n{}\n\n{}\n{}\n{}",
        code(&case.id),
        likewise(like_it),
        text(&case.title),
        block("text", &unindented(&parts.findings)),
        folded(&exchanges, &block("text", &unindented(&parts.timeline))),
        block("sh", again.trim_start()),
    )
}

/// The ids of what is not told in full.
fn list(groups: &[alike::Alike<'_>]) -> String {
    if groups.is_empty() {
        return String::new();
    }
    let line = |(case, like_it): &alike::Alike<'_>| format!("- {}{}\n", code(&case.id), likewise(like_it));
    let lines: String = groups.iter().map(line).collect();
    folded(&phrase::count(groups.len(), "more violation"), &lines)
}

fn likewise(like_it: &[&CaseOutcome]) -> String {
    match alike::variants(like_it) {
        none if none.is_empty() => none,
        variants => format!(", and in the same way {}", code(&variants)),
    }
}

fn errors(outcome: &RunOutcome) -> String {
    let mut page = String::new();
    for (reason, cases) in reasons::errors(outcome) {
        let ids: Vec<&str> = cases.iter().map(|case| case.id.as_str()).collect();
        _ = writeln!(
            page,
            "- {}: {}, {}",
            code(reason),
            phrase::count(ids.len(), "case"),
            super::first_of(&ids)
        );
    }
    if page.is_empty() { page } else { format!("### Errors of the environment\n\n{page}") }
}

/// Without the indentation that all lines share.
fn unindented(lines: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let shared = lines.lines().filter(|line| !line.is_empty()).map(indent).min().unwrap_or(0);
    lines.lines().map(|line| format!("{}\n", line.get(shared..).unwrap_or(""))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_how_they_stand_to_each_other() {
        assert_eq!(unindented("    a\n      b\n\n    c\n"), "a\n  b\n\nc\n");
    }
}
