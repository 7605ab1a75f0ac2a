//! How many requirements of each level got how far: full denominators, a row a level.

use std::fmt::Write;

use super::Page;
use crate::report::counted::{self, COLUMNS};
use crate::report::palette::paint;

/// The table, and below it what no column tells.
pub(super) fn render(page: &Page<'_>) -> String {
    let header = row("requirements", &COLUMNS.map(|(name, _)| name.to_owned()));
    let mut text = format!("{}\n", paint(page.palette.strong, &header));
    for (level, cells) in counted::rows(page.outcome) {
        _ = writeln!(text, "{}", row(level, &cells));
    }
    for line in counted::remarks(page.outcome) {
        _ = writeln!(text, "{}", paint(page.palette.faint, &line));
    }
    text
}

fn row(name: &str, cells: &[String; 5]) -> String {
    cells.iter().fold(format!("{name:12}"), |row, cell| format!("{row}  {cell:>10}"))
}
