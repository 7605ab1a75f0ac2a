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
use crate::report::html::{self, Kills};
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
    let read = stored::read(file);
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

/// The kill matrix for a page; there is no other format that shows one.
fn kills(format: Format, path: &Path) -> Result<Kills, Diagnostic> {
    if format != Format::Html {
        let message = format!("the format `{}` shows no kill matrix", format.name());
        let help = "leave `--mutants` out, or write the format `html`";
        return Err(Diagnostic::error("no-page", message).help(help));
    }
    Kills::read(&path.display().to_string(), &stored::text(path)?)
}
