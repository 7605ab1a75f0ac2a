//! How many requirements of each level got how far: full denominators, a row a level.

use std::fmt::Write;

use super::Page;
use crate::outcome::{Counts, Verdict, phrase};
use crate::report::palette::paint;

type Column = (&'static str, fn(&Counts) -> usize);

/// What each column counts, from the widest to the narrowest.
const COLUMNS: [Column; 5] = [
    ("registered", |counts| counts.registered),
    ("observable", |counts| counts.observable),
    ("attainable", |counts| counts.attainable),
    ("exercised", |counts| counts.exercised),
    ("held", |counts| counts.held),
];

/// The table, and below it what no column tells: recorded differences, and requirements without a case.
pub(super) fn render(page: &Page<'_>) -> String {
    let header = row("requirements", &COLUMNS.map(|(name, _)| name.to_owned()));
    let mut text = format!("{}\n", paint(page.palette.strong, &header));
    for (level, counts) in page.outcome.counts.iter().filter(|(_, counts)| counts.registered > 0) {
        let cells = COLUMNS.map(|(_, column)| column(counts).to_string());
        _ = writeln!(text, "{}", row(level.as_str(), &cells));
    }
    for line in [recorded(page), without_case(page)].into_iter().flatten() {
        _ = writeln!(text, "{}", paint(page.palette.faint, &line));
    }
    text
}

fn row(name: &str, cells: &[String; 5]) -> String {
    cells.iter().fold(format!("{name:12}"), |row, cell| format!("{row}  {cell:>10}"))
}

fn recorded(page: &Page<'_>) -> Option<String> {
    let number = page.outcome.requirements.iter().filter(|row| row.verdict == Verdict::Info).count();
    (number > 0).then(|| format!("{} only recorded (info)", phrase::count(number, "requirement")))
}

fn without_case(page: &Page<'_>) -> Option<String> {
    let rows = page.outcome.requirements.iter();
    let number = rows.filter(|row| row.cases.is_empty() && row.untested.is_none()).count();
    let whose = if page.outcome.selection.complete { "of the suite" } else { "of this selection" };
    (number > 0).then(|| format!("{} in no case {whose}", phrase::count(number, "requirement")))
}
