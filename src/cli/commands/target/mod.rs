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

/// Writes the commented template; refuses to overwrite.
pub(crate) fn init(session: &mut Session, file: &Path, protocols: &[String]) -> Ending {
    let names: Vec<&str> = protocols.iter().map(String::as_str).collect();
    let written = files::create(file, target::template(&names).as_bytes());
    session.settled(written)?;
    let file = file.display();
    session.console.note(&format!("wrote {file}; fill it in, then: orchspec target check {file}"));
    Ok(Exit::Satisfied)
}
