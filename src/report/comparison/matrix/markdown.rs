//! The matrix for a wiki or a job's summary.

use std::fmt::Write;

use super::{FACTS, NOTHING, occurring};
use crate::comparison::Matrix;
use crate::comparison::matrix::{Class, Protocol, Row};
use crate::outcome::Verdict;
use crate::report::markdown::escape::text;

/// The whole matrix; with `verbose` each requirement.
pub fn render(matrix: &Matrix, verbose: bool) -> String {
    let mut page = "## Conformance\n".to_owned();
    for warning in &matrix.warnings {
        _ = write!(page, "\n> {}\n", text(warning));
    }
    page.push('\n');
    page += &row("", matrix.columns.iter().map(|column| text(&column.title)));
    page += &row("---", matrix.columns.iter().map(|_| "---".to_owned()));
    for (name, fact) in FACTS {
        page += &row(name, matrix.columns.iter().map(|column| text(&fact(column))));
    }
    page.extend(matrix.protocols.iter().map(|own| protocol(own, verbose)));
    page.push('\n');
    for class in occurring(matrix) {
        _ = writeln!(page, "- **{}**: {}", class.word(), class.meaning());
    }
    page
}

fn protocol(protocol: &Protocol, verbose: bool) -> String {
    let mut rows =
        row(&format!("**{}**", text(&protocol.profile)), protocol.classes.iter().copied().map(class));
    for group in &protocol.groups {
        rows += &row(&text(&group.name), group.classes.iter().copied().map(class));
        for Row { id, level, verdicts, .. } in group.rows.iter().filter(|_| verbose) {
            let name = format!("{} {}", text(id.as_str()), text(level.as_str()));
            rows += &row(&name, verdicts.iter().copied().map(verdict));
        }
    }
    rows
}

fn row(name: &str, cells: impl Iterator<Item = String>) -> String {
    cells.fold(format!("| {name} |"), |row, cell| format!("{row} {cell} |")) + "\n"
}

fn class(class: Option<Class>) -> String {
    match class {
        Some(class @ Class::Conformant) => class.word().to_owned(),
        Some(class) => format!("**{}**", class.word()),
        None => NOTHING.to_owned(),
    }
}

fn verdict(verdict: Option<Verdict>) -> String {
    verdict.map_or(NOTHING, Verdict::word).to_owned()
}
