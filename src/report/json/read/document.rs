//! The text of a stored report, understood as far as its form goes; whatever it is instead of one is told by name.

use serde::Deserialize;
use serde_json::error::Category;
use serde_json::{Error, Map, Value};

use super::lines::Flaw;
use super::{Stored, lines, outcome};
use crate::diagnostic::Diagnostic;
use crate::report::json::form::Report;
use crate::report::json::{SCHEMA, seal};

/// A report that has the right form, whether or not what it says fits together.
pub struct Document {
    name: String,
    /// As it is written.
    pub(in crate::report) value: Map<String, Value>,
    report: Report,
}

impl Document {
    /// Understands a text; `name` is what messages call it.
    pub fn parse(name: &str, text: &str) -> Result<Self, Diagnostic> {
        match lines::document(text) {
            Some(document) => Self::of_lines(name, document.map_err(|flaw| flawed(name, flaw))?),
            None => Self::of_text(name, text),
        }
    }

    fn of_text(name: &str, text: &str) -> Result<Self, Diagnostic> {
        let value: Value = serde_json::from_str(text).map_err(|error| no_json(name, &error))?;
        let Value::Object(value) = value else { return Err(no_report(name)) };
        check_schema(name, &value)?;
        let report = serde_json::from_str(text).map_err(|error| broken(name, &located(&error)))?;
        Ok(Self { name: name.to_owned(), value, report })
    }

    fn of_lines(name: &str, value: Map<String, Value>) -> Result<Self, Diagnostic> {
        check_schema(name, &value)?;
        let report = Report::deserialize(&value).map_err(|error| broken(name, &error.to_string()))?;
        Ok(Self { name: name.to_owned(), value, report })
    }

    /// Refuses a report that was changed after it was written.
    pub fn check_seal(&self) -> Result<(), Diagnostic> {
        let Some(part) = seal::broken(&self.value) else { return Ok(()) };
        let message =
            format!("`{}` was changed after it was written: its digest does not fit {part}", self.name);
        let help = format!(
            "`orchspec report verify {}` tells what does not fit; take the report of the run itself",
            self.name
        );
        Err(Diagnostic::error("report-changed", message).help(help))
    }

    /// What the report tells.
    pub fn stored(self) -> Result<Stored, Diagnostic> {
        outcome::stored(self.report).map_err(|what| broken(&self.name, &what))
    }
}

fn no_json(name: &str, error: &Error) -> Diagnostic {
    if error.classify() == Category::Eof {
        return cut(name, &located(error));
    }
    Diagnostic::error("report-not-json", format!("`{name}` is no JSON: {}", located(error)))
        .help("give a report that `orchspec run --report json=PATH` wrote")
}

fn flawed(name: &str, flaw: Flaw) -> Diagnostic {
    match flaw {
        Flaw::Cut(what) => cut(name, &what),
        Flaw::Broken(what) => broken(name, &what),
    }
}

fn cut(name: &str, what: &str) -> Diagnostic {
    Diagnostic::error("report-truncated", format!("`{name}` ends too early: {what}"))
        .help("it was cut off while it was written or copied: take the whole file, or run again")
}

fn check_schema(name: &str, value: &Map<String, Value>) -> Result<(), Diagnostic> {
    let schema = value.get("schema").and_then(Value::as_str).ok_or_else(|| no_report(name))?;
    if schema == SCHEMA {
        return Ok(());
    }
    let message = format!("`{name}` is of the form `{schema}`, and only `{SCHEMA}` can be read");
    let kind = |schema: &'_ str| schema.rsplit_once('/').map(|(kind, _)| kind.to_owned());
    let help = if kind(schema) == kind(SCHEMA) {
        "another version of orchspec wrote it: read it with that one, or run again"
    } else {
        "give a report that `orchspec run --report json=PATH` wrote"
    };
    Err(Diagnostic::error("report-form", message).help(help))
}

fn no_report(name: &str) -> Diagnostic {
    let message = format!("`{name}` is no report of orchspec: it does not say `\"schema\": \"{SCHEMA}\"`");
    Diagnostic::error("report-form", message)
        .help("give a report that `orchspec run --report json=PATH` wrote")
}

fn broken(name: &str, what: &str) -> Diagnostic {
    let message = format!("`{name}` is no whole report: {what}");
    Diagnostic::error("report-broken", message).help("take the report of the run itself, or run again")
}

/// What is wrong, with its place in front.
fn located(error: &Error) -> String {
    let (line, column) = (error.line(), error.column());
    let text = error.to_string();
    let reason = text.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&text);
    format!("line {line}, column {column}: {reason}")
}
