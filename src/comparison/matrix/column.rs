//! The heads of the columns: who was judged, and what came of it.

use crate::comparison::Run;
use crate::outcome::gate::GateExit;

/// One run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The target and its version, numbered if another column has the same.
    pub title: String,
    /// The name of its report.
    pub report: String,
    /// When it began, by the wall clock.
    pub started: jiff::Timestamp,
    /// Digest over the suite's files.
    pub suite: String,
    /// What its gate came to.
    pub gate: GateExit,
}

/// A column for each run.
pub(super) fn columns(runs: &[Run<'_>]) -> Vec<Column> {
    let titles: Vec<&str> = runs.iter().map(title).collect();
    let column = |(index, run): (usize, &Run<'_>)| Column {
        title: numbered(&titles, index),
        report: run.name.to_owned(),
        started: run.outcome.volatile.started,
        suite: run.outcome.suite_digest.clone(),
        gate: run.outcome.gate.exit,
    };
    runs.iter().enumerate().map(column).collect()
}

/// A target that does not say what it is goes by the name of its report.
fn title<'a>(run: &Run<'a>) -> &'a str {
    let identity = run.outcome.target.identity.as_str();
    if identity.is_empty() { run.name } else { identity }
}

fn numbered(titles: &[&str], index: usize) -> String {
    let title = titles[index];
    let number = |titles: &[&str]| titles.iter().filter(|other| **other == title).count();
    if number(titles) == 1 { title.to_owned() } else { format!("{title} ({})", number(&titles[..=index])) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_titles_are_numbered() {
        let titles = ["Acme 1", "Other", "Acme 1"];
        let numbered: Vec<String> = (0..3).map(|index| numbered(&titles, index)).collect();
        assert_eq!(numbered, ["Acme 1 (1)", "Other", "Acme 1 (2)"]);
    }
}
