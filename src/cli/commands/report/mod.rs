//! `report`: what can be done with stored reports.

mod diff;
mod matrix;
mod merge;
mod verify;

use std::path::Path;

use crate::cli::args::{OutputArguments, ReportArguments, ReportCommand};
use crate::cli::exit_code::Exit;
use crate::cli::session::{Ending, Session, Stop};
use crate::cli::stored;
use crate::report::{self, Format};

/// Writes a stored report in another format, or does what else was asked for.
pub(crate) fn report(session: &mut Session, arguments: &ReportArguments) -> Ending {
    match (&arguments.command, arguments.format, &arguments.file) {
        (Some(ReportCommand::Diff(arguments)), _, _) => diff::diff(session, arguments),
        (Some(ReportCommand::Matrix(arguments)), _, _) => matrix::matrix(session, arguments),
        (Some(ReportCommand::Merge(arguments)), _, _) => merge::merge(session, arguments),
        (Some(ReportCommand::Verify(arguments)), _, _) => verify::verify(session, arguments),
        (None, Some(format), Some(file)) => {
            written(session, format, file, &arguments.output).map(|()| Exit::Satisfied)
        }
        // The command line demands both where there is no command.
        (None, _, _) => Ok(Exit::Usage),
    }
}

fn written(session: &mut Session, format: Format, file: &Path, output: &OutputArguments) -> Result<(), Stop> {
    let read = stored::read(file);
    let stored = session.settled(read)?;
    if let (Format::Text, None) = (format, &output.output) {
        let palette = session.console.palette_of_results();
        return session.show(&report::terminal::render(&stored.outcome, &stored.sources, &palette));
    }
    let text = report::render(format, &stored.outcome, &stored.sources);
    stored::publish(session, output, &text)
}
