//! What every command has at hand: the console, the machine, and the diagnostics collected so far.

use std::io::{self, ErrorKind};

use super::console::Console;
use super::exit_code::Exit;
use super::files;
use super::machine::Machine;
use crate::diagnostic::{Diagnostic, has_errors};
use crate::source::SourceMap;

/// What messages call the stream of results.
pub(crate) const STANDARD_OUTPUT: &str = "standard output";

/// The command cannot go on, and the console has said why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stop(pub Exit);

/// How a command ends.
pub(crate) type Ending = Result<Exit, Stop>;

/// The state of one call of the program.
#[derive(Debug)]
pub(crate) struct Session {
    /// Where text goes.
    pub console: Console,
    /// Where everything else comes from.
    pub machine: Machine,
    /// Every file that was read.
    pub sources: SourceMap,
    /// What is wrong with them, not shown yet.
    pub diagnostics: Vec<Diagnostic>,
}

impl Session {
    /// A session that has read nothing.
    pub(crate) fn new() -> Self {
        let machine = Machine;
        let console = Console::detect(machine.is_ci());
        Self { console, machine, sources: SourceMap::default(), diagnostics: Vec::new() }
    }

    /// The machine gives less than a run needs.
    pub(crate) fn not_started(&mut self, reason: &str) -> Stop {
        let message = format!("the run could not begin: {reason}");
        let help = "a run needs some open files and threads of this machine: see `ulimit -a`";
        self.refuse(Diagnostic::error("not-started", message).help(help));
        Stop(Exit::Environment)
    }

    /// Writes a text that was asked for and is to be read; where that fails the command ends.
    pub(crate) fn show(&mut self, text: &str) -> Result<(), Stop> {
        let written = self.console.prose(text);
        self.written(written)
    }

    /// Writes what was asked for to the byte; where that fails the command ends.
    pub(crate) fn show_exactly(&mut self, text: &str) -> Result<(), Stop> {
        let written = self.console.result(text);
        self.written(written)
    }

    fn written(&mut self, written: io::Result<()>) -> Result<(), Stop> {
        self.stored(unshown(written).map_or(Ok(()), Err))
    }

    /// Takes it that a result was stored, or ends the command: a result that nobody can read is none.
    pub(crate) fn stored(&mut self, stored: Result<(), Diagnostic>) -> Result<(), Stop> {
        let Err(unwritable) = stored else { return Ok(()) };
        self.refuse(unwritable);
        Err(Stop(Exit::Environment))
    }

    /// Shows all diagnostics; with an error among them the command ends.
    pub(crate) fn settle(&mut self) -> Result<(), Stop> {
        let diagnostics = std::mem::take(&mut self.diagnostics);
        self.console.diagnostics(&diagnostics, &self.sources);
        if has_errors(&diagnostics) { Err(Stop(Exit::Usage)) } else { Ok(()) }
    }

    /// Takes a value, or shows what is wrong and ends the command.
    pub(crate) fn settled<T>(&mut self, result: Result<T, Diagnostic>) -> Result<T, Stop> {
        match result {
            Ok(value) => Ok(value),
            Err(diagnostic) => Err(self.refuse(diagnostic)),
        }
    }

    /// Shows all diagnostics and this one, and ends the command.
    pub(crate) fn refuse(&mut self, diagnostic: Diagnostic) -> Stop {
        self.diagnostics.push(diagnostic);
        self.settle().err().unwrap_or(Stop(Exit::Usage))
    }
}

/// What kept a text from being shown. A reader that went away (`| head`) has read enough.
pub(crate) fn unshown(written: io::Result<()>) -> Option<Diagnostic> {
    let error = written.err().filter(|error| error.kind() != ErrorKind::BrokenPipe)?;
    Some(files::unwritable(STANDARD_OUTPUT, &error))
}
