//! `report`: what can be done with stored reports.

use crate::cli::args::ReportArguments;
use crate::cli::exit_code::Exit;
use crate::cli::session::{Ending, Session};
use crate::cli::stored;
use crate::report::{self, Format};

/// Writes a stored report in another format.
pub(crate) fn report(session: &mut Session, arguments: &ReportArguments) -> Ending {
    let ReportArguments { format, file, output } = arguments;
    let read = stored::read(file);
    let stored = session.settled(read)?;
    if let (Format::Text, None) = (format, &output.output) {
        let palette = session.console.palette_of_results();
        session.show(&report::terminal::render(&stored.outcome, &stored.sources, &palette))?;
    } else {
        let text = report::render(*format, &stored.outcome, &stored.sources);
        stored::publish(session, output, &text)?;
    }
    Ok(Exit::Satisfied)
}
