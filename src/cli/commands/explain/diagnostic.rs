//! What a diagnostic's code means; a test holds the table to the codes that the program can give.

use super::requirement::section;
use crate::plan::Suite;

/// Every code with its meaning.
pub(crate) const CODES: &[(&str, &str)] = &[];

/// A code with its meaning.
pub(super) fn explain(id: &str, _: &Suite) -> Option<String> {
    let (code, meaning) = CODES.iter().find(|(code, _)| *code == id)?;
    Some(format!("{code}, a diagnostic\n{}", section("meaning", &[(*meaning).to_owned()])))
}
