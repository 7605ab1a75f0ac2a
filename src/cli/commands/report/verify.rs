//! `report verify`: whether reports are whole.

use std::path::Path;

use crate::cli::args::VerifyArguments;
use crate::cli::exit_code::Exit;
use crate::cli::session::{Ending, Session};
use crate::cli::{stored, table};
use crate::diagnostic::Diagnostic;
use crate::outcome::phrase;
use crate::report::json;

/// Looks at every report; those that are whole are listed, and for each of the others it is said why not.
pub(crate) fn verify(session: &mut Session, arguments: &VerifyArguments) -> Ending {
    let mut rows = Vec::new();
    for path in &arguments.files {
        match verified(path) {
            Ok(row) => rows.push(row),
            Err(wrong) => session.diagnostics.extend(wrong),
        }
    }
    session.show(&table::render(&rows))?;
    session.settle()?;
    Ok(Exit::Satisfied)
}

fn verified(path: &Path) -> Result<Vec<String>, Vec<Diagnostic>> {
    let name = path.display().to_string();
    let text = stored::text(path).map_err(|unreadable| vec![unreadable])?;
    let json::Whole { cases, requirements, digest } = json::verify(&name, &text)?;
    let (cases, requirements) = (phrase::count(cases, "case"), phrase::count(requirements, "requirement"));
    Ok(["whole".to_owned(), name, cases, requirements, digest].to_vec())
}
