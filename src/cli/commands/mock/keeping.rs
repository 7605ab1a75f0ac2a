//! The journal of a mock in a file, one JSON object a line: a header, every entry of every session, and a footer without
//! which something is missing.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use serde_json::{Value, json};

use crate::cli::files;
use crate::diagnostic::Diagnostic;
use crate::mock::{Builder, Entry, Event};

/// The form of the file; another one gets another number.
const FORM: &str = "orchspec/journal/1";

/// A journal's file that is being written.
pub(super) struct Keeping {
    file: BufWriter<File>,
    path: String,
    entries: u64,
    exchanges: u64,
}

impl Keeping {
    /// Opens the file; what was in it is gone.
    pub(super) fn open(path: &Path) -> Result<Self, Diagnostic> {
        let file = BufWriter::new(files::open(path)?);
        Ok(Self { file, path: path.display().to_string(), entries: 0, exchanges: 0 })
    }

    /// Writes what must be known of the mock to read the entries.
    pub(super) fn begin(&mut self, mock: &Builder) -> Result<(), Diagnostic> {
        let (configuration, clock) = mock.settings();
        self.line(&json!({ "header": {
            "schema": FORM,
            "program": concat!("orchspec ", env!("CARGO_PKG_VERSION")),
            "started": configuration.epoch.to_string(),
            "seed": configuration.seed,
            "clock": clock.to_string(),
        } }))?;
        self.flush()
    }

    /// Writes one entry.
    pub(super) fn write(&mut self, session: &str, entry: &Entry) -> Result<(), Diagnostic> {
        self.entries += 1;
        self.exchanges += u64::from(matches!(entry.event, Event::Opened(_)));
        self.line(&line(session, entry))
    }

    /// Lets others read what was written so far.
    pub(super) fn flush(&mut self) -> Result<(), Diagnostic> {
        let flushed = self.file.flush();
        self.told(flushed)
    }

    /// Writes the last line; `missed` entries could not be written in time.
    pub(super) fn conclude(&mut self, foreign: u64, missed: u64) -> Result<(), Diagnostic> {
        self.line(&json!({ "footer": {
            "entries": self.entries,
            "exchanges": self.exchanges,
            "foreign": foreign,
            "missed": missed,
            "complete": missed == 0,
        } }))?;
        self.flush()
    }

    fn line(&mut self, line: &Value) -> Result<(), Diagnostic> {
        let written = writeln!(self.file, "{line}");
        self.told(written)
    }

    fn told(&self, written: io::Result<()>) -> Result<(), Diagnostic> {
        written.map_err(|error| files::unwritable(&format!("the journal to {}", self.path), &error))
    }
}

/// An entry with its session.
pub(super) fn line(session: &str, entry: &Entry) -> Value {
    let mut line = json!({ "session": session });
    if let (Some(line), Value::Object(entry)) = (line.as_object_mut(), entry.to_json()) {
        line.extend(entry);
    }
    line
}
