//! `report diff`: what became different from one run to the next.

use crate::cli::args::{ComparisonFormat, DiffArguments, FailOn};
use crate::cli::exit_code::Exit;
use crate::cli::session::{Ending, Session};
use crate::cli::stored;
use crate::comparison::Difference;
use crate::report::Palette;
use crate::report::comparison::difference;

/// Shows the difference; a regression ends with 1.
pub(crate) fn diff(session: &mut Session, arguments: &DiffArguments) -> Ending {
    let DiffArguments { old, new, fail_on, format, output } = arguments;
    let reports = stored::read_all(session, &[old, new])?;
    let runs = stored::runs(&reports);
    let difference = Difference::of(runs[0], runs[1], *fail_on == Some(FailOn::Warn));
    match format {
        ComparisonFormat::Text if output.output.is_none() => {
            let palette = session.console.palette_of_results();
            session.show(&difference::text(&difference, &palette))?;
        }
        ComparisonFormat::Text => {
            stored::publish(session, output, &difference::text(&difference, &Palette::plain()))?;
        }
        ComparisonFormat::Markdown => stored::publish(session, output, &difference::markdown(&difference))?,
        ComparisonFormat::Html => stored::publish(session, output, &difference::html(&difference))?,
        ComparisonFormat::Json => stored::publish(session, output, &difference::json(&difference))?,
    }
    Ok(if difference.regressions() > 0 { Exit::Violation } else { Exit::Satisfied })
}
