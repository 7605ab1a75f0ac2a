//! `list`: what there is, a line each or as JSON.

mod coverage;
mod json;
mod text;

use std::path::Path;

use serde_json::Value;

use crate::cli::args::{ListFormat, Listing};
use crate::cli::exit_code::Exit;
use crate::cli::session::{Ending, Session};
use crate::cli::suite;
use crate::plan::load;

/// Prints a list.
pub(crate) fn list(
    session: &mut Session,
    what: Listing,
    format: ListFormat,
    folder: Option<&Path>,
) -> Ending {
    let files = suite::files(session, folder)?;
    let wanted = |_: &str| folder.is_some() || matches!(what, Listing::Scenarios | Listing::Requirements);
    let mut suite = load(&files, &wanted, &mut session.sources, &mut session.diagnostics);
    suite.registries = suite.own_registries().cloned().collect();
    session.settle()?;
    match format {
        ListFormat::Text => session.show(&text::render(what, &suite))?,
        ListFormat::Json => session.show_exactly(&json::render(what, &suite))?,
    }
    Ok(Exit::Satisfied)
}

/// A value as it is written in a target file.
pub(super) fn written(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
