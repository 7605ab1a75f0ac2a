//! The verdicts on a client as a table for people: what is wrong first, the gate last.

use std::fmt::Write as _;

use super::run::Played;
use crate::cli::table;
use crate::client::tally::{self, Line};
use crate::outcome::gate::GateExit;
use crate::outcome::{Finding, RunOutcome, Verdict};
use crate::report::Palette;

/// The whole text.
pub(super) fn render(outcome: &RunOutcome, played: &[Played], palette: &Palette) -> String {
    let judged: Vec<_> = played.iter().map(|own| own.judged.clone()).collect();
    let lines = tally::lines(outcome, &judged);
    let mut sections: Vec<String> =
        lines.iter().filter(|line| is_wrong(line)).map(|line| wrong(line, outcome)).collect();
    sections.push(
        played.iter().filter_map(|own| own.remark.as_ref()).map(|remark| format!("{remark}\n")).collect(),
    );
    sections.push(rows(&lines));
    sections.push(last_line(outcome, played.len(), palette));
    sections.retain(|section| !section.is_empty());
    sections.join("\n")
}

fn is_wrong(line: &Line) -> bool {
    matches!(line.verdict, Verdict::Fail | Verdict::Warn | Verdict::Info)
}

fn wrong(line: &Line, outcome: &RunOutcome) -> String {
    let mut text = format!("{} {}: {}\n", line.verdict.word().to_uppercase(), line.id, line.statement);
    for case in &outcome.cases {
        let own = |finding: &&Finding| finding.requirements.first().is_some_and(|id| id.as_str() == line.id);
        for finding in case.findings.iter().filter(own) {
            let Finding { place, expected, actual, .. } = finding;
            _ = writeln!(text, "  {}, {}: {place}", case.id, journal(finding));
            _ = writeln!(text, "    expected  {expected}\n    actual    {actual}");
        }
    }
    text + &format!("  fix: {}\n", line.fix)
}

fn journal(finding: &Finding) -> &str {
    finding.step.split(':').next().unwrap_or_default()
}

fn rows(lines: &[Line]) -> String {
    let header = ["rule", "verdict", "exercised", ""].map(str::to_owned).to_vec();
    let row = |line: &Line| {
        let what = if line.verdict == Verdict::Inconclusive { &line.remark } else { line.statement };
        vec![line.id.to_owned(), line.verdict.to_string(), line.exercised.to_string(), what.to_owned()]
    };
    let rows: Vec<Vec<String>> = std::iter::once(header).chain(lines.iter().map(row)).collect();
    table::render(&rows)
}

fn last_line(outcome: &RunOutcome, situations: usize, palette: &Palette) -> String {
    let style = match outcome.gate.exit {
        GateExit::Satisfied => palette.good,
        GateExit::Undecided => palette.doubtful,
        _ => palette.bad,
    };
    let count = crate::outcome::phrase::count(situations, "situation");
    let gate = format!("gate {}: {}", outcome.gate.exit.word(), outcome.gate.because.join("; "));
    let gate = gate.trim_end_matches(": ");
    format!("{count}\n{}{gate}{}\n", style.render(), style.render_reset())
}
