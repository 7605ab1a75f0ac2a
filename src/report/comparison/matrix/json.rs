//! The matrix as one JSON document.

use serde::Serialize;

use super::SCHEMA;
use crate::comparison::Matrix;
use crate::comparison::matrix::{Class, Column, Group, Protocol, Row};
use crate::outcome::Verdict;

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    warnings: &'a [String],
    columns: Vec<ColumnForm<'a>>,
    protocols: Vec<ProtocolForm<'a>>,
}

#[derive(Serialize)]
struct ColumnForm<'a> {
    title: &'a str,
    report: &'a str,
    started: jiff::Timestamp,
    suite: &'a str,
    gate: &'static str,
}

#[derive(Serialize)]
struct ProtocolForm<'a> {
    profile: &'a str,
    classes: Vec<Option<&'static str>>,
    groups: Vec<GroupForm<'a>>,
}

#[derive(Serialize)]
struct GroupForm<'a> {
    name: &'a str,
    classes: Vec<Option<&'static str>>,
    requirements: Vec<RowForm<'a>>,
}

#[derive(Serialize)]
struct RowForm<'a> {
    id: &'a str,
    level: &'static str,
    statement: &'a str,
    verdicts: Vec<Option<&'static str>>,
}

/// The document, indented, with a newline at its end.
pub fn render(matrix: &Matrix) -> String {
    let document = Document {
        schema: SCHEMA,
        warnings: &matrix.warnings,
        columns: matrix.columns.iter().map(column).collect(),
        protocols: matrix.protocols.iter().map(protocol).collect(),
    };
    // Plain structs with text keys: there is nothing in them that JSON could not say.
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn column(column: &Column) -> ColumnForm<'_> {
    let Column { title, report, started, suite, gate } = column;
    ColumnForm { title, report, started: *started, suite, gate: gate.word() }
}

fn protocol(protocol: &Protocol) -> ProtocolForm<'_> {
    ProtocolForm {
        profile: &protocol.profile,
        classes: words(&protocol.classes, Class::word),
        groups: protocol.groups.iter().map(group).collect(),
    }
}

fn group(group: &Group) -> GroupForm<'_> {
    GroupForm {
        name: &group.name,
        classes: words(&group.classes, Class::word),
        requirements: group.rows.iter().map(row).collect(),
    }
}

fn row(row: &Row) -> RowForm<'_> {
    RowForm {
        id: row.id.as_str(),
        level: row.level.as_str(),
        statement: &row.statement,
        verdicts: words(&row.verdicts, Verdict::word),
    }
}

fn words<T: Copy>(cells: &[Option<T>], word: fn(T) -> &'static str) -> Vec<Option<&'static str>> {
    cells.iter().map(|cell| cell.map(word)).collect()
}
