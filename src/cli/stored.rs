//! Stored reports: read from files, and results made of them written.

use std::path::Path;

use super::args::OutputArguments;
use super::files;
use super::session::{Session, Stop};
use crate::diagnostic::Diagnostic;
use crate::report::json::read::{self, Stored};

/// A report as it was written.
pub(crate) fn read(path: &Path) -> Result<Stored, Diagnostic> {
    read::read(&path.display().to_string(), &text(path)?)
}

/// The text of a file; bytes that are no text are told by the reader of the text.
fn text(path: &Path) -> Result<String, Diagnostic> {
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
