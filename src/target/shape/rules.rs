//! What the keys of a target file's mappings have to do with each other.

use super::{HOOKS, HTTP_PRINCIPAL};
use crate::yaml::{Rule, Shape};

/// The rules, each with its mapping.
pub fn rules() -> Vec<(&'static Shape, Rule)> {
    let ways = HTTP_PRINCIPAL.keys.iter().map(|key| key.name).collect();
    vec![
        (&HTTP_PRINCIPAL, Rule::ExactlyOne(ways)),
        (&HOOKS, Rule::ExactlyOne(vec!["command", "url"])),
        (&HOOKS, Rule::OnlyWith("token", vec!["url"])),
    ]
}
