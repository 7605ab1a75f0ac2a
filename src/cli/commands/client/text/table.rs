//! Every rule that was to be exercised in a line of a table.

use crate::cli::table;
use crate::client::tally::Line;
use crate::outcome::Verdict;

/// The whole table.
pub(super) fn render(lines: &[Line]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let header = ["rule", "verdict", "exercised", ""].map(str::to_owned).to_vec();
    let rows: Vec<Vec<String>> = std::iter::once(header).chain(lines.iter().map(row)).collect();
    table::render(&rows)
}

fn row(line: &Line) -> Vec<String> {
    let what = if line.verdict == Verdict::Inconclusive { &line.remark } else { line.statement };
    vec![line.id.to_owned(), line.verdict.to_string(), line.exercised.to_string(), what.to_owned()]
}
