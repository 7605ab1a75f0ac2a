//! The matrix for a terminal; where not all columns fit beside each other, some stand below.

use std::fmt::Write;

use anstyle::Style;

use super::{FACTS, Fact, NOTHING, occurring};
use crate::comparison::Matrix;
use crate::comparison::matrix::{Class, Column, Group, Row};
use crate::outcome::Verdict;
use crate::report::palette::{Palette, paint};
use crate::report::visible::harmless;

/// A column is at least as wide as the longest class, and no wider than this: longer titles take several lines.
const NARROWEST: usize = 14;
const WIDEST: usize = 26;
/// What stands between two columns.
const GAP: usize = 2;

/// The whole matrix; with `verbose` each requirement, and in blocks no wider than the terminal.
pub fn render(matrix: &Matrix, (verbose, width): (bool, Option<usize>), palette: &Palette) -> String {
    let table = Table::of(matrix, (verbose, width));
    let mut text = String::new();
    for warning in &matrix.warnings {
        _ = writeln!(text, "{}", paint(palette.doubtful, warning));
    }
    for block in table.blocks(width) {
        text.push('\n');
        text += &table.block(&block, palette);
    }
    text.push('\n');
    for class in occurring(matrix) {
        let line = format!("{:NARROWEST$}  {}", class.word(), class.meaning());
        _ = writeln!(text, "{}", paint(palette.faint, &line));
    }
    harmless(text.trim_start_matches('\n'), &palette.escapes())
}

/// A line of the table: a name, and a cell for each column.
struct Line {
    name: String,
    cells: Vec<(String, Role)>,
}

/// What a cell stands for, by which it is coloured.
#[derive(Clone, Copy)]
enum Role {
    Title,
    Fact,
    Class(Option<Class>),
    Verdict(Option<Verdict>),
}

impl Role {
    fn style(self, palette: &Palette) -> Style {
        match self {
            Self::Title => palette.strong,
            Self::Fact | Self::Class(None) | Self::Verdict(None) => palette.faint,
            Self::Class(Some(Class::Conformant)) => palette.good,
            Self::Class(Some(Class::NonConformant)) => palette.bad,
            Self::Class(Some(Class::Partial | Class::Unverified)) => palette.doubtful,
            Self::Verdict(Some(verdict)) => palette.verdict(verdict),
        }
    }
}

struct Table {
    lines: Vec<Line>,
    name_width: usize,
    widths: Vec<usize>,
}

impl Table {
    fn of(matrix: &Matrix, (verbose, width): (bool, Option<usize>)) -> Self {
        let mut lines = rows(matrix, verbose);
        let name_width = lines.iter().map(|line| length(&line.name)).max().unwrap_or_default();
        let room = width.map_or(WIDEST, |width| width.saturating_sub(name_width + GAP));
        lines.splice(..0, heads(&matrix.columns, room.clamp(NARROWEST, WIDEST)));
        let longest = |cell: usize| lines.iter().map(move |line| length(&line.cells[cell].0)).max();
        let widths =
            (0..matrix.columns.len()).map(|cell| longest(cell).unwrap_or(0).max(NARROWEST)).collect();
        Self { lines, name_width, widths }
    }

    /// Which columns stand beside each other.
    fn blocks(&self, width: Option<usize>) -> Vec<Vec<usize>> {
        let room = width.unwrap_or(usize::MAX).saturating_sub(self.name_width);
        let (mut blocks, mut used): (Vec<Vec<usize>>, usize) = (Vec::new(), 0);
        for (column, width) in self.widths.iter().enumerate() {
            used += GAP + width;
            match blocks.last_mut() {
                Some(block) if used <= room => block.push(column),
                _ => {
                    blocks.push(vec![column]);
                    used = GAP + width;
                }
            }
        }
        blocks
    }

    fn block(&self, columns: &[usize], palette: &Palette) -> String {
        let mut text = String::new();
        for Line { name, cells } in &self.lines {
            let mut line = format!("{name:width$}", width = self.name_width);
            for column in columns {
                let (cell, role) = &cells[*column];
                let blank = " ".repeat(self.widths[*column].saturating_sub(length(cell)));
                _ = write!(line, "{:GAP$}{}{blank}", "", paint(role.style(palette), cell));
            }
            // A title of another block may need more lines.
            if !line.trim().is_empty() {
                _ = writeln!(text, "{}", line.trim_end());
            }
        }
        text
    }
}

/// What is said of every protocol, group and requirement.
fn rows(matrix: &Matrix, verbose: bool) -> Vec<Line> {
    let mut lines = Vec::new();
    for protocol in &matrix.protocols {
        lines.push(line(&protocol.profile, &protocol.classes, class));
        for group in &protocol.groups {
            lines.push(line(&format!("  {}", group.name), &group.classes, class));
            lines.extend(requirements(group, verbose));
        }
    }
    lines
}

/// The titles in as many lines as they need, each down to the facts below.
fn heads(columns: &[Column], widest: usize) -> Vec<Line> {
    let titles: Vec<Vec<String>> = columns.iter().map(|column| folded(&column.title, widest)).collect();
    let height = titles.iter().map(Vec::len).max().unwrap_or_default();
    let title = |row: usize| {
        let cell = |title: &Vec<String>| {
            let line = (row + title.len()).checked_sub(height).and_then(|line| title.get(line));
            (line.cloned().unwrap_or_default(), Role::Title)
        };
        Line { name: String::new(), cells: titles.iter().map(cell).collect() }
    };
    let fact = |(name, of): Fact| {
        let cell = |column: &Column| (cut(&of(column), widest), Role::Fact);
        Line { name: name.to_owned(), cells: columns.iter().map(cell).collect() }
    };
    (0..height).map(title).chain(FACTS.into_iter().map(fact)).collect()
}

fn requirements(group: &Group, verbose: bool) -> Vec<Line> {
    let rows = group.rows.iter().filter(|_| verbose);
    let name = |row: &Row| format!("    {} {}", row.id, row.level);
    rows.map(|row| line(&name(row), &row.verdicts, verdict)).collect()
}

fn line<T: Copy>(name: &str, cells: &[T], shown: fn(T) -> (String, Role)) -> Line {
    Line { name: name.to_owned(), cells: cells.iter().copied().map(shown).collect() }
}

fn class(class: Option<Class>) -> (String, Role) {
    (class.map_or(NOTHING, Class::word).to_owned(), Role::Class(class))
}

fn verdict(verdict: Option<Verdict>) -> (String, Role) {
    (verdict.map_or(NOTHING, Verdict::word).to_owned(), Role::Verdict(verdict))
}

/// A title in lines that are no wider than a column may be.
fn folded(title: &str, widest: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in title.split_whitespace().map(|word| cut(word, widest)) {
        match lines.last_mut() {
            Some(line) if length(line) + 1 + length(&word) <= widest => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines
}

/// What is too long for a column loses its beginning: the end of a path tells more.
fn cut(text: &str, widest: usize) -> String {
    match length(text).checked_sub(widest) {
        None | Some(0) => text.to_owned(),
        Some(more) => format!("…{}", text.chars().skip(more + 1).collect::<String>()),
    }
}

fn length(text: &str) -> usize {
    text.chars().count()
}
