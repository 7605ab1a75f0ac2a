//! `report`: what can be done with stored reports.

mod diff;
mod matrix;
mod merge;
mod verify;

use std::path::Path;

use crate::cli::args::{ReportArguments, ReportCommand};
use crate::cli::exit_code::Exit;
use crate::cli::session::{Ending, Session, Stop};
use crate::cli::stored;
use crate::diagnostic::Diagnostic;
use crate::report::har::journal;
use crate::report::html::{self, Kills};
use crate::report::json::read;
use crate::report::{self, Format};

/// Writes a stored report in another format, or does what else was asked for.
pub(crate) fn report(session: &mut Session, arguments: &ReportArguments) -> Ending {
    match (&arguments.command, arguments.format, &arguments.file) {
        (Some(ReportCommand::Diff(arguments)), _, _) => diff::diff(session, arguments),
        (Some(ReportCommand::Matrix(arguments)), _, _) => matrix::matrix(session, arguments),
        (Some(ReportCommand::Merge(arguments)), _, _) => merge::merge(session, arguments),
        (Some(ReportCommand::Verify(arguments)), _, _) => verify::verify(session, arguments),
        (None, Some(format), Some(file)) => {
            written(session, (format, file), arguments).map(|()| Exit::Satisfied)
        }
        // The command line demands both where there is no command.
        (None, _, _) => Ok(Exit::Usage),
    }
}

fn written(
    session: &mut Session,
    (format, file): (Format, &Path),
    arguments: &ReportArguments,
) -> Result<(), Stop> {
    let text = session.settled(stored::text(file))?;
    if journal::is_journal(&text) {
        let archive = session.settled(archive(format, file, &text))?;
        return stored::publish(session, &arguments.output, &archive);
    }
    let read = read::read(&file.display().to_string(), &text);
    let stored = session.settled(read)?;
    if let Some(mutants) = &arguments.mutants {
        let read = kills(format, mutants);
        let kills = session.settled(read)?;
        let page = html::with_kills(&stored.outcome, &stored.sources, &kills);
        return stored::publish(session, &arguments.output, &page);
    }
    if let (Format::Text, None) = (format, &arguments.output.output) {
        let palette = session.console.palette_of_results();
        return session.show(&report::terminal::render(&stored.outcome, &stored.sources, &palette));
    }
    let text = report::render(format, &stored.outcome, &stored.sources);
    stored::publish(session, &arguments.output, &text)
}

/// A mock's journal as an archive; there is no other format for it.
fn archive(format: Format, path: &Path, text: &str) -> Result<String, Diagnostic> {
    let path = path.display();
    if format != Format::Har {
        let message =
            format!("{path} is the journal of a mock, which the format `{}` cannot tell", format.name());
        return Err(Diagnostic::error("journal-format", message).help("write the format `har`"));
    }
    journal::render(text).map_err(|broken| {
        let message = format!("line {} of the journal {path} cannot be read: {}", broken.line, broken.reason);
        let help =
            "give a file that `orchspec mock --journal-out` wrote; `orchspec schema journal` describes it";
        Diagnostic::error("broken-journal", message).help(help)
    })
}

/// The kill matrix for a page; there is no other format that shows one.
fn kills(format: Format, path: &Path) -> Result<Kills, Diagnostic> {
    if format != Format::Html {
        let message = format!("the format `{}` shows no kill matrix", format.name());
        let help = "leave `--mutants` out, or write the format `html`";
        return Err(Diagnostic::error("no-page", message).help(help));
    }
    Kills::read(&path.display().to_string(), &stored::text(path)?)
}
