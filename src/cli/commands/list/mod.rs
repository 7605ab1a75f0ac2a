//! `list`: what there is, a line each or as JSON.

mod coverage;
mod json;
mod text;

use std::borrow::Cow;
use std::path::Path;

use serde_json::Value;

use crate::cli::args::{ListFormat, Listing};
use crate::cli::exit_code::Exit;
use crate::cli::session::{Ending, Session};
use crate::cli::suite;
use crate::plan::{Suite, SuiteFiles, load};

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
    if folder.is_some() {
        leave_out_what_is_not_cited(&mut suite, &files);
    }
    session.settle()?;
    match format {
        ListFormat::Text => session.show(&text::render(what, &suite))?,
        ListFormat::Json => session.show_exactly(&json::render(what, &suite))?,
    }
    Ok(Exit::Satisfied)
}

/// A suite without registries is given the built-in ones, of which it may cite those of its protocols.
fn leave_out_what_is_not_cited(suite: &mut Suite, files: &SuiteFiles) {
    let is_own = files.requirements.iter().any(|file| matches!(file.bytes, Cow::Owned(_)));
    let programs = &suite.programs;
    let is_spoken = |profile: &str| programs.iter().any(|program| program.scenario.profile.value == profile);
    suite.registries.retain(|registry| is_own || is_spoken(&registry.profile));
}

/// A value as it is written in a target file.
pub(super) fn written(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
