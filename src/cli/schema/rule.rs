//! What keys have to do with each other: for validators, and in a sentence for people.

use serde_json::{Value as Json, json};

use crate::yaml::Rule;

/// The rule as a schema of its mapping.
pub(super) fn schema(rule: &Rule) -> Json {
    let there = |name: &&str| json!({ "required": [name] });
    let any = |names: &[&str]| names.iter().map(there).collect::<Vec<Json>>();
    match rule {
        Rule::ExactlyOne(names) => json!({ "oneOf": any(names) }),
        Rule::AtMostOne(names) => json!({ "not": { "anyOf": pairs(names) } }),
        Rule::Needs(name, others) => json!({ "if": there(name), "then": { "required": others } }),
        Rule::OnlyWith(name, owners) => json!({ "if": there(name), "then": { "anyOf": any(owners) } }),
    }
}

fn pairs(names: &[&str]) -> Vec<Json> {
    let pairs =
        names.iter().enumerate().flat_map(|(at, one)| names[at + 1..].iter().map(move |other| [one, other]));
    pairs.map(|pair| json!({ "required": pair })).collect()
}

/// The rule in words; what goes with which key stands in a table of its own.
pub(super) fn sentence(rule: &Rule) -> Option<String> {
    let list = |names: &[&str]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match rule {
        Rule::ExactlyOne(names) => Some(format!("Exactly one of {} stands there.", list(names))),
        Rule::AtMostOne(names) => Some(format!("At most one of {} stands there.", list(names))),
        Rule::Needs(name, others) => Some(format!("`{name}` needs {} beside it.", list(others))),
        Rule::OnlyWith(..) => None,
    }
}
