//! `report matrix`: vendors or versions beside each other.

use std::path::Path;

use crate::cli::args::{ComparisonFormat, MatrixArguments};
use crate::cli::exit_code::Exit;
use crate::cli::session::{Ending, Session};
use crate::cli::stored;
use crate::comparison::Matrix;
use crate::report::Palette;
use crate::report::comparison::matrix;

/// Shows the matrix; what it says is no matter of the exit code.
pub(crate) fn matrix(session: &mut Session, arguments: &MatrixArguments) -> Ending {
    let MatrixArguments { files, verbose, format, output } = arguments;
    let files: Vec<&Path> = files.iter().map(AsRef::as_ref).collect();
    let reports = stored::read_all(session, &files)?;
    let runs = stored::runs(&reports);
    let matrix = Matrix::of(&runs);
    match format {
        ComparisonFormat::Text if output.output.is_none() => {
            let (palette, width) = (session.console.palette_of_results(), session.console.width_of_results());
            session.show(&matrix::text(&matrix, (*verbose, width), &palette))?;
        }
        ComparisonFormat::Text => {
            stored::publish(session, output, &matrix::text(&matrix, (*verbose, None), &Palette::plain()))?;
        }
        ComparisonFormat::Markdown => stored::publish(session, output, &matrix::markdown(&matrix, *verbose))?,
        ComparisonFormat::Html => {
            stored::publish(session, output, &matrix::html(&matrix, &runs, *verbose))?;
        }
        ComparisonFormat::Json => stored::publish(session, output, &matrix::json(&matrix))?,
    }
    Ok(Exit::Satisfied)
}
