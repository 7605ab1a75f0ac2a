//! A policy key: a question that the protocol leaves open, and its answers.

use super::{Asked, section};
use crate::cli::commands::list::written;
use crate::requirement::PolicyKey;

/// A policy key with its answers.
pub(super) fn explain(id: &str, asked: &Asked<'_>) -> Option<String> {
    let name = id.rsplit('.').next().unwrap_or(id);
    let registries = asked.suite().registries.iter();
    let (registry, key) = { registries }.find_map(|registry| Some((registry, registry.policy(name)?)))?;
    let row = if key.row.is_empty() { String::new() } else { format!(" ({})", key.row) };
    let mut text = format!("{}.policy.{}{row}\n  {}\n", registry.profile, key.name, key.summary);
    text.push_str(&section("answers", &answers(key)));
    let influenced =
        registry.requirements.iter().filter(|requirement| requirement.policy.contains(&key.name));
    let ids: Vec<String> = influenced.map(|requirement| requirement.id.to_string()).collect();
    text.push_str(&section("influences", &ids));
    Some(text)
}

/// The legal readings, the one that is taken unless another is named first.
pub(super) fn answers(key: &PolicyKey) -> Vec<String> {
    let answer = |value| {
        let default = if value == key.default() { " (default)" } else { "" };
        format!("{}{default}", written(value))
    };
    key.values.iter().map(answer).collect()
}
