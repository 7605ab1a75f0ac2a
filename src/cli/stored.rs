//! Stored reports: read from files, and results made of them written.

use std::path::Path;

use super::args::OutputArguments;
use super::files;
use super::session::{Session, Stop};
use crate::comparison::Run;
use crate::diagnostic::Diagnostic;
use crate::report::json::read::{self, Stored};

/// A report under the name it was given by.
pub(crate) struct Report {
    /// Its path.
    pub(crate) name: String,
    /// What it tells.
    pub(crate) stored: Stored,
}

/// A report as it was written.
pub(crate) fn read(path: &Path) -> Result<Stored, Diagnostic> {
    read::read(&path.display().to_string(), &text(path)?)
}

/// Several reports; of all that are none it is said why.
pub(crate) fn read_all(session: &mut Session, paths: &[impl AsRef<Path>]) -> Result<Vec<Report>, Stop> {
    let mut reports = Vec::new();
    for path in paths {
        match read(path.as_ref()) {
            Ok(stored) => reports.push(Report { name: path.as_ref().display().to_string(), stored }),
            Err(wrong) => session.diagnostics.push(wrong),
        }
    }
    session.settle().map(|()| reports)
}

/// The runs that reports tell of.
pub(crate) fn runs(reports: &[Report]) -> Vec<Run<'_>> {
    reports.iter().map(|report| Run { name: &report.name, outcome: &report.stored.outcome }).collect()
}

/// The text of a file; bytes that are no text are told by the reader of the text.
pub(crate) fn text(path: &Path) -> Result<String, Diagnostic> {
    let bytes = files::read(path)?;
    Ok(String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
}

/// Writes a result to the byte, where it was asked for.
pub(crate) fn publish(session: &mut Session, output: &OutputArguments, text: &str) -> Result<(), Stop> {
    match &output.output {
        Some(path) => session.stored(files::replace(path, text.as_bytes())),
        None => session.show_exactly(text),
    }
}
