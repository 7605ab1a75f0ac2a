//! Comma-separated rows (RFC 4180): the first line names the columns, and the column `case` names the rows.
//!
//! A quoted cell is text. What is not quoted is read as YAML reads a plain value: `3` is a number, `true` a truth value,
//! nothing is null, and everything else is text.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::diagnostic::Diagnostic;
use crate::scenario::{CaseRow, row_name};
use crate::source::{SourceId, Span};

/// The column that names the rows.
const NAME: &str = "case";

/// A cell and where it begins and ends.
#[derive(Debug, Clone, PartialEq)]
struct Cell {
    text: String,
    quoted: bool,
    range: std::ops::Range<usize>,
}

impl Cell {
    fn value(&self) -> Value {
        if self.quoted {
            return self.text.as_str().into();
        }
        match self.text.as_str() {
            "" => Value::Null,
            "true" => true.into(),
            "false" => false.into(),
            text => number(text).unwrap_or_else(|| text.into()),
        }
    }
}

/// Digits that begin with a zero are a text, as an order number or a telephone number; so are more than a number can
/// hold, which would lose some of them.
fn number(text: &str) -> Option<Value> {
    let digits = text.trim_start_matches('-');
    let is_padded = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    let is_number = digits.starts_with(|letter: char| letter.is_ascii_digit()) && !is_padded;
    let is_whole = digits.chars().all(|letter| letter.is_ascii_digit());
    match text.parse::<i64>() {
        _ if !is_number => None,
        Ok(whole) => Some(whole.into()),
        Err(_) if is_whole => text.parse::<u64>().ok().map(Value::from),
        Err(_) => text.parse::<f64>().ok().filter(|number| number.is_finite()).map(Value::from),
    }
}

/// The rows of a file; whatever is wrong with it is reported.
pub(super) fn rows(source: SourceId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<CaseRow> {
    let mut lines = match split(text) {
        Ok(lines) => lines.into_iter(),
        Err(place) => {
            diagnostics.push(misquoted(source, text, place));
            return Vec::new();
        }
    };
    let Some(head) = lines.next() else {
        let empty = Diagnostic::error("no-cases", "the file has no row").at(Span::new(source, 0..0), "");
        diagnostics.push(empty.help("write the names of the columns, and a line for each case: `case,verb`"));
        return Vec::new();
    };
    let before = diagnostics.len();
    check_head(source, &head, diagnostics);
    if diagnostics.len() > before {
        return Vec::new();
    }
    let mut names = BTreeSet::new();
    let mut rows = Vec::new();
    for line in lines {
        rows.extend(row(source, (&head, &line), &mut names, diagnostics));
    }
    if rows.is_empty() && diagnostics.len() == before {
        let empty = Diagnostic::error("no-cases", "the file has no row").at(Span::new(source, 0..0), "");
        diagnostics.push(empty.help("write a line for each case below the names of the columns"));
    }
    rows
}

fn misquoted(source: SourceId, text: &str, place: usize) -> Diagnostic {
    let is_open = text[place..].starts_with('"');
    let message =
        if is_open { "a quoted cell is not closed by `\"`" } else { "something stands behind a quoted cell" };
    let end = place + text[place..].chars().next().map_or(0, char::len_utf8);
    let broken = Diagnostic::error("csv", message).at(Span::new(source, place..end), "");
    broken.help("a quotation mark inside a quoted cell is written twice: `\"\"`")
}

fn check_head(source: SourceId, head: &[Cell], diagnostics: &mut Vec<Diagnostic>) {
    let wrong = |cell: &Cell, message: String, help: &str| {
        Diagnostic::error("csv-column", message).at(Span::new(source, cell.range.clone()), "").help(help)
    };
    for (index, cell) in head.iter().enumerate() {
        let is_word = crate::scenario::template::is_name(&cell.text) && !cell.text.contains('.');
        if !is_word {
            let message = format!("`{}` cannot be the name of a column", cell.text);
            diagnostics.push(wrong(
                cell,
                message,
                "write letters, digits and underscores, so that `${{ case.NAME }}` can use it",
            ));
        } else if head[..index].iter().any(|other| other.text == cell.text) {
            let message = format!("two columns are called `{}`", cell.text);
            diagnostics.push(wrong(cell, message, "give one of them another name"));
        }
    }
    if let Some(first) = head.first().filter(|_| head.iter().all(|cell| cell.text != NAME)) {
        let message = format!("no column is called `{NAME}`");
        diagnostics.push(wrong(
            first,
            message,
            "the column `case` names each row, and with it the test case: `scenario@NAME`",
        ));
    }
}

fn row(
    source: SourceId,
    (head, line): (&[Cell], &[Cell]),
    names: &mut BTreeSet<String>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<CaseRow> {
    let (first, last) = (line.first()?, line.last()?);
    let place = Span::new(source, first.range.start..last.range.end);
    if line.len() != head.len() {
        let message = format!("the row has {} cells, and there are {} columns", line.len(), head.len());
        let help = "write one cell for each column; a cell that holds a comma is quoted";
        diagnostics.push(Diagnostic::error("uneven-cases", message).at(place, "").help(help));
        return None;
    }
    let name = head.iter().position(|cell| cell.text == NAME).map(|index| line[index].text.clone())?;
    if let Some(refused) = row_name::refuse(&name, place) {
        diagnostics.push(refused);
        return None;
    }
    if !names.insert(name.clone()) {
        let help =
            "give each row a name of its own in the column `case`: reports and baselines know it by that";
        let twice = Diagnostic::error("case-name", format!("two rows are called `{name}`"));
        diagnostics.push(twice.at(place, "").help(help));
        return None;
    }
    let cells = || head.iter().zip(line).filter(|(column, _)| column.text != NAME);
    let values = cells().map(|(column, cell)| (column.text.clone(), cell.value())).collect();
    let place = |cell: &Cell| Span::new(source, cell.range.clone());
    let places = cells().map(|(column, cell)| (column.text.clone(), place(cell))).collect();
    Some(CaseRow { name, values, places })
}

/// Lines of cells, without empty lines; the error is the place of a quotation mark that nothing closes.
fn split(text: &str) -> Result<Vec<Vec<Cell>>, usize> {
    let (mut lines, mut line) = (Vec::new(), Vec::new());
    let mut at = 0;
    loop {
        let (cell, end) = cell(text, at)?;
        line.push(cell);
        let rest = &text[end..];
        at = end + 1;
        if rest.starts_with(',') {
            continue;
        }
        at += usize::from(rest.starts_with("\r\n"));
        let line = std::mem::take(&mut line);
        if line.len() > 1 || line.iter().any(|cell: &Cell| cell.quoted || !cell.text.is_empty()) {
            lines.push(line);
        }
        if at >= text.len() {
            return Ok(lines);
        }
    }
}

fn quoted(text: String, range: std::ops::Range<usize>) -> (Cell, usize) {
    let end = range.end;
    (Cell { text, quoted: true, range }, end)
}

/// The cell that begins here, and where it ends.
fn cell(text: &str, start: usize) -> Result<(Cell, usize), usize> {
    let rest = text.get(start..).unwrap_or_default();
    if !rest.starts_with('"') {
        let end = start + rest.find([',', '\n']).unwrap_or(rest.len());
        let end = if text[start..end].ends_with('\r') { end - 1 } else { end };
        let cell = text[start..end].trim();
        return Ok((Cell { text: cell.to_owned(), quoted: false, range: start..end }, end));
    }
    let mut content = String::new();
    let mut letters = rest[1..].char_indices().peekable();
    while let Some((index, letter)) = letters.next() {
        match (letter, letters.peek()) {
            ('"', Some((_, '"'))) => {
                letters.next();
                content.push('"');
            }
            ('"', _) => {
                let end = start + index + 2;
                let is_closed = text[end..].is_empty() || text[end..].starts_with([',', '\r', '\n']);
                return if is_closed { Ok(quoted(content, start..end)) } else { Err(end) };
            }
            _ => content.push(letter),
        }
    }
    Err(start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceMap;
    use rstest::rstest;
    use serde_json::json;

    fn read(text: &str) -> (Vec<CaseRow>, Vec<String>) {
        let mut diagnostics = Vec::new();
        let rows = rows(SourceMap::default().add("a.csv", text), text, &mut diagnostics);
        (rows, diagnostics.into_iter().map(|found| found.message).collect())
    }

    #[test]
    fn cells_have_the_types_that_they_show() {
        let (rows, messages) = read(
            "case,count,name,flag,rest\r\none,3,\"3\",true,\n\n\"two, too\",-1.5,\"a \"\"b\"\"\nc\",0012, x y \n",
        );
        assert_eq!(messages, Vec::<String>::new());
        let values: Vec<Value> = rows.iter().map(|row| json!([row.name, row.values])).collect();
        assert_eq!(
            values,
            [
                json!(["one", { "count": 3, "flag": true, "name": "3", "rest": null }]),
                json!(["two, too", { "count": -1.5, "flag": "0012", "name": "a \"b\"\nc", "rest": "x y" }])
            ]
        );
    }

    #[rstest]
    #[case("18446744073709551615", json!(u64::MAX))]
    #[case("18446744073709551616", json!("18446744073709551616"))]
    #[case("1e999", json!("1e999"))]
    #[case("1e3", json!(1000.0))]
    fn a_number_that_cannot_be_held_stays_a_text(#[case] cell: &str, #[case] expected: Value) {
        let (rows, _) = read(&format!("case,id\na,{cell}\n"));
        assert_eq!(rows[0].values["id"], expected);
    }

    #[rstest]
    #[case("", "the file has no row")]
    #[case("case,verb\n", "the file has no row")]
    #[case("name,verb\na,b\n", "no column is called `case`")]
    #[case("case,verb,verb\na,b,c\n", "two columns are called `verb`")]
    #[case("case,my verb\na,b\n", "`my verb` cannot be the name of a column")]
    #[case("case,verb\na,b,c\n", "the row has 3 cells, and there are 2 columns")]
    #[case("case,verb\na,b\na,c\n", "two rows are called `a`")]
    #[case("case,verb\n,b\n", "the row has no name")]
    #[case("case,verb\n\" \",b\n", "the row has no name")]
    #[case("case,verb\na*,b\n", "`a*` is no name of a row, because `*` stands for any characters")]
    #[case("case,verb\n\"a\nb\",b\n", "\"a\\nb\" is no name of a row, because it holds a control character")]
    #[case("case,verb\na,\"b\n", "a quoted cell is not closed by `\"`")]
    #[case("case,verb\na,\"b\"c\n", "something stands behind a quoted cell")]
    fn a_mistake_is_told(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(read(text).1, [expected]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in "[a-c,\"\r\nä]{0,40}") {
            read(&text);
        }
    }
}
