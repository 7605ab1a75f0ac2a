//! The only place that prints and asks: results to standard output, everything else to standard error.

use std::io::{self, IsTerminal as _};

use anstream::{AutoStream, ColorChoice};

use crate::diagnostic::{Diagnostic, render};
use crate::report::Palette;
use crate::source::SourceMap;

/// What is known of the two streams.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Console {
    colour_of_results: bool,
    colour_of_notes: bool,
    progress: bool,
}

impl Console {
    /// Looks at the streams and at `NO_COLOR`; `ci` says that nobody watches.
    pub(crate) fn detect(ci: bool) -> Self {
        let coloured = |choice| choice != ColorChoice::Never;
        Self {
            colour_of_results: coloured(AutoStream::choice(&io::stdout())),
            colour_of_notes: coloured(AutoStream::choice(&io::stderr())),
            progress: io::stderr().is_terminal() && !ci,
        }
    }

    /// Writes what was asked for, as it is.
    pub(crate) fn result(self, text: &str) {
        write_to(&mut io::stdout().lock(), text, self.colour_of_results);
    }

    /// Writes a line beside the result.
    pub(crate) fn note(self, line: &str) {
        write_to(&mut io::stderr().lock(), &format!("{line}\n"), self.colour_of_notes);
    }

    /// Asks a question and waits for a line; none if there is no further one.
    pub(crate) fn ask(self, question: &str) -> Option<String> {
        write_to(&mut io::stderr().lock(), question, self.colour_of_notes);
        let mut line = String::new();
        let length = io::stdin().read_line(&mut line).ok()?;
        (length > 0).then(|| line.trim().to_owned())
    }

    /// Whether somebody is there to be asked.
    pub(crate) fn converses(self) -> bool {
        self.progress && io::stdin().is_terminal() && io::stdout().is_terminal()
    }

    /// Shows diagnostics, an empty line after each.
    pub(crate) fn diagnostics(self, diagnostics: &[Diagnostic], sources: &SourceMap) {
        for diagnostic in diagnostics {
            self.note(&format!("{}\n", render(diagnostic, sources, self.colour_of_notes).trim_end()));
        }
    }

    /// The colours of results.
    pub(crate) fn palette_of_results(self) -> Palette {
        Palette::new(self.colour_of_results)
    }

    /// The colours of everything else.
    pub(crate) fn palette_of_notes(self) -> Palette {
        Palette::new(self.colour_of_notes)
    }

    /// Whether somebody watches a bar move.
    pub(crate) fn shows_progress(self) -> bool {
        self.progress
    }
}

/// A reader that went away (`| head`) has read enough: that is no failure of this program.
fn write_to(stream: &mut impl io::Write, text: &str, colour: bool) {
    let plain = (!colour).then(|| anstream::adapter::strip_str(text).to_string());
    let _ = stream.write_all(plain.as_deref().unwrap_or(text).as_bytes());
    let _ = stream.flush();
}
