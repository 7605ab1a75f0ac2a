//! The only place that prints, but for whole screens: results to standard output, everything else to standard error.

use std::borrow::Cow;
use std::io::{self, IsTerminal as _, Write as _};

use anstream::{AutoStream, ColorChoice};
use terminal_size::{Height, Width, terminal_size_of};

use crate::diagnostic::{Diagnostic, render};
use crate::report::Palette;
use crate::report::wrap::wrapped;
use crate::source::SourceMap;

/// What is known of the two streams.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Console {
    colour_of_results: bool,
    colour_of_notes: bool,
    width_of_results: Option<usize>,
    width_of_notes: Option<usize>,
    progress: bool,
}

impl Console {
    /// Looks at the streams and at `NO_COLOR`; `ci` says that nobody watches.
    pub(crate) fn detect(ci: bool) -> Self {
        let coloured = |choice| choice != ColorChoice::Never;
        Self {
            colour_of_results: coloured(AutoStream::choice(&io::stdout())),
            colour_of_notes: coloured(AutoStream::choice(&io::stderr())),
            width_of_results: terminal_size_of(io::stdout()).map(columns),
            width_of_notes: terminal_size_of(io::stderr()).map(columns),
            progress: io::stderr().is_terminal() && !ci,
        }
    }

    /// Writes a text that was asked for and is to be read, as wide as the terminal.
    pub(crate) fn prose(self, text: &str) -> io::Result<()> {
        write_to(&mut io::stdout().lock(), &fitted(text, self.width_of_results), self.colour_of_results)
    }

    /// Writes what was asked for, to the byte.
    #[expect(clippy::unused_self, reason = "only who has a console prints")]
    pub(crate) fn result(self, text: &str) -> io::Result<()> {
        let mut stream = io::stdout().lock();
        stream.write_all(text.as_bytes())?;
        stream.flush()
    }

    /// Writes a text beside the result, as wide as the terminal.
    pub(crate) fn remark(self, text: &str) {
        self.note(&fitted(text, self.width_of_notes));
    }

    /// Writes a line beside the result; where nobody can be told, there is nobody to tell that to either.
    pub(crate) fn note(self, line: &str) {
        let _ = write_to(&mut io::stderr().lock(), &format!("{line}\n"), self.colour_of_notes);
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

    /// How wide the terminal is that shows results, if one does.
    pub(crate) fn width_of_results(self) -> Option<usize> {
        self.width_of_results
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

/// A terminal that is narrower than this is none that anybody reads on.
const NARROWEST: usize = 40;

fn columns((width, _): (Width, Height)) -> usize {
    usize::from(width.0).max(NARROWEST)
}

fn fitted(text: &str, width: Option<usize>) -> Cow<'_, str> {
    width.map_or(Cow::Borrowed(text), |width| Cow::Owned(wrapped(text, width)))
}

fn write_to(stream: &mut impl io::Write, text: &str, colour: bool) -> io::Result<()> {
    let plain = (!colour).then(|| anstream::adapter::strip_str(text).to_string());
    stream.write_all(plain.as_deref().unwrap_or(text).as_bytes())?;
    stream.flush()
}
