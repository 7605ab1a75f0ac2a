//! A matcher of the scenario language.

use super::{Asked, section};
use crate::check::MATCHERS;

/// A matcher with its example.
pub(super) fn explain(id: &str, _: &Asked<'_>) -> Option<String> {
    let found = MATCHERS.iter().find(|matcher| matcher.name == id)?;
    let example = section("example", &[found.written()]);
    Some(format!("{}, a matcher\n  {}\n{example}", found.name, found.doc))
}
