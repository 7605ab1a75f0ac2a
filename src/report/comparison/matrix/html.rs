//! The matrix as a page for browsers: groups open to their requirements, and verdicts to what was found.

use askama::Template;

use super::evidence::Cell;
use super::{FACTS, NOTHING};
use crate::comparison::matrix::{Class, Column, Row};
use crate::comparison::{Matrix, Run};
use crate::outcome::Verdict;
use crate::report::html;
use crate::requirement::Level;

#[derive(Template)]
#[template(path = "matrix.html")]
struct Page<'a> {
    matrix: &'a Matrix,
    runs: &'a [Run<'a>],
    open: bool,
}

/// The matrix of these runs; with `verbose` its groups are open from the start.
pub fn render(matrix: &Matrix, runs: &[Run<'_>], verbose: bool) -> String {
    html::page(&Page { matrix, runs, open: verbose })
}

impl<'a> Page<'a> {
    /// Each run with its class in each protocol.
    fn runs(&self) -> impl Iterator<Item = (&'a Column, Vec<(&'a str, Option<Class>)>)> {
        let protocols = &self.matrix.protocols;
        self.matrix.columns.iter().enumerate().map(move |(index, column)| {
            (column, protocols.iter().map(|own| (own.profile.as_str(), own.classes[index])).collect())
        })
    }

    fn rows(&self) -> impl Iterator<Item = &'a Row> {
        let groups = self.matrix.protocols.iter().flat_map(|protocol| &protocol.groups);
        groups.flat_map(|group| &group.rows)
    }

    /// The levels that occur, and how many requirements have each.
    fn levels(&self) -> Vec<(Level, usize)> {
        let levels = Level::all();
        let counted = levels.map(|level| (level, self.rows().filter(|row| row.level == level).count()));
        counted.filter(|(_, number)| *number > 0).collect()
    }

    /// The verdicts that occur, and on how many requirements some run has each.
    fn verdicts(&self) -> Vec<(Verdict, usize)> {
        let has = |verdict| self.rows().filter(|row| row.verdicts.contains(&Some(verdict))).count();
        let counted = Verdict::ALL.into_iter().map(|verdict| (verdict, has(verdict)));
        counted.filter(|(_, number)| *number > 0).collect()
    }

    fn cells(&self, row: &'a Row) -> impl Iterator<Item = Cell<'a>> {
        let columns = self.matrix.columns.iter().zip(self.runs).zip(&row.verdicts);
        columns.map(|((column, run), verdict)| Cell::of(column, run, (&row.id, *verdict)))
    }
}

/// What a filter finds a row by: its verdicts in all runs.
fn words(row: &Row) -> String {
    let words: Vec<&str> = row.verdicts.iter().flatten().copied().map(Verdict::word).collect();
    words.join(" ")
}
