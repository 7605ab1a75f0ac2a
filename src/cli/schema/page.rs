//! A form as a page in Markdown: every mapping with its keys, and the lists of words that go with a kind of file.

mod kind;
mod words;

use super::form::Form;
use super::rule;
use crate::cli::args::SchemaName;
use crate::requirement::Registry;
use crate::yaml::{Key, Shape, Value};

/// The page of a kind of file; of what programs write it is the JSON Schema itself.
pub(crate) fn text(name: SchemaName, word: &str, registries: &[Registry]) -> String {
    let head = format!("<!-- Written by `orchspec schema {word} --format markdown`. -->\n");
    let Some(form) = Form::of(name) else {
        return format!("{head}\n# {}\n\n```json\n{}```\n", title(word), super::text(name));
    };
    let keys: String = mappings(&form).into_iter().map(|shape| mapping(shape, &form)).collect();
    let (title, intro, lists) =
        (title(form.root.name), words::intro(name), words::sections(name, registries));
    format!("{head}\n# {title}\n\n{intro}\n{keys}{lists}")
}

/// A table of these columns under a heading; nothing without rows.
fn table(heading: &str, intro: &str, columns: &[&str], rows: &[Vec<String>]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let head = line(columns.iter().map(|&column| column.to_owned()).collect());
    let rule = format!("|{}\n", "---|".repeat(columns.len()));
    let body = rows.iter().map(|row| line(row.iter().map(|cell| cell.replace('|', "\\|")).collect()));
    format!("\n## {heading}\n\n{intro}\n\n{head}{rule}{}", body.collect::<String>())
}

fn mapping(shape: &'static Shape, form: &Form) -> String {
    let rows: Vec<Vec<String>> = shape.keys.iter().map(|key| row(shape, key, form)).collect();
    let columns = ["Key", "Meaning", "Value", "If left out", "Example"];
    let rules = form.rules(shape).filter_map(rule::sentence);
    let intro: Vec<String> = std::iter::once(shape.doc.to_owned()).chain(rules).collect();
    table(&title(shape.name), &intro.join(" "), &columns, &rows)
}

fn row(shape: &Shape, key: &Key, form: &Form) -> Vec<String> {
    let absent = match key.default {
        _ if key.required => "must be there".to_owned(),
        Some(default) => code(default),
        None => String::new(),
    };
    let example = key.example.map(|example| code(&format!("{}: {example}", key.name))).unwrap_or_default();
    vec![code(key.name), key.doc.to_owned(), kind::of(shape, key, form), absent, example]
}

/// Every mapping of a form, in the order in which they are first spoken of.
fn mappings(form: &Form) -> Vec<&'static Shape> {
    let mut found = Vec::new();
    for shape in std::iter::once(&form.root).chain(&form.besides).chain(&form.reference) {
        visit(shape, form, &mut found);
    }
    found
}

fn visit(shape: &'static Shape, form: &Form, found: &mut Vec<&'static Shape>) {
    let shape = form.standing_for(shape);
    if found.iter().any(|known| known.name == shape.name) {
        return;
    }
    found.push(shape);
    for key in shape.keys {
        match form.members(shape, key) {
            Some(shapes) => shapes.iter().for_each(|shape| visit(shape, form, found)),
            None => look_into(&key.value, form, found),
        }
    }
}

fn look_into(value: &Value, form: &Form, found: &mut Vec<&'static Shape>) {
    match value {
        Value::Object(shape) => visit(shape, form, found),
        Value::Recursive(shape) if form.pattern(shape()).is_none() => visit(shape(), form, found),
        Value::List(item) | Value::OneOrMore(item) | Value::Map(item) => look_into(item, form, found),
        Value::AnyOf(values) => values.iter().for_each(|value| look_into(value, form, found)),
        _ => {}
    }
}

/// The heading of a mapping: its name without the article.
fn title(name: &str) -> String {
    let bare = ["a ", "an ", "the "].iter().find_map(|article| name.strip_prefix(article)).unwrap_or(name);
    let mut letters = bare.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn code(text: &str) -> String {
    let fence = if text.contains('`') { "``" } else { "`" };
    format!("{fence}{text}{fence}")
}
