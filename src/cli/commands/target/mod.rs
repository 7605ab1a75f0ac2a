//! `target init` and `target check`: a target file to start from, and what it is worth.

mod check;
mod fixtures;
mod unmentioned;

use std::path::Path;

pub(crate) use check::{Checking, check};

use crate::cli::exit_code::Exit;
use crate::cli::files;
use crate::cli::session::{Ending, Session};
use crate::target;

/// What stands for standard output in the place of a file.
const STANDARD_OUTPUT: &str = "-";

/// Writes the commented template; refuses to overwrite.
pub(crate) fn init(session: &mut Session, file: &Path, protocols: &[String]) -> Ending {
    let names: Vec<&str> = protocols.iter().map(String::as_str).collect();
    let template = target::template(&names);
    if file == Path::new(STANDARD_OUTPUT) {
        session.show_exactly(&template)?;
        return Ok(Exit::Satisfied);
    }
    let written = files::create(file, template.as_bytes());
    session.settled(written)?;
    let file = file.display();
    session.console.note(&format!("wrote {file}; fill it in, then: orchspec target check {file}"));
    Ok(Exit::Satisfied)
}
