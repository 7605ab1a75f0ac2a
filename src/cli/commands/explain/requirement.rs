//! What the registries say: requirements and policy keys.

use std::fmt::Write as _;

use crate::cli::commands::list::written;
use crate::mock::DEFECTS;
use crate::plan::Suite;
use crate::requirement::{Record, Registry, Requirement, RequirementId};

/// A requirement with all that hangs on it.
pub(super) fn requirement(id: &str, suite: &Suite) -> Option<String> {
    let (registry, found) = suite
        .registries
        .iter()
        .find_map(|registry| Some((registry, registry.requirement(&id.to_uppercase())?)))?;
    let mut text = format!("{} ({}), {}\n", found.id, found.level, registry.title);
    let _ = writeln!(text, "  {}", found.statement);
    let _ = writeln!(text, "  source: {}, {}", registry.source, found.clause);
    if let Some(reason) = &found.untested {
        let _ = writeln!(text, "  not judged: {reason}");
    }
    text.push_str(&guards(found, registry));
    text.push_str(&section("judged by", &citing(&found.id, suite)));
    text.push_str(&section("violated on purpose by `run --defect`", &breaking(&found.id)));
    Some(text)
}

/// A policy key with its answers.
pub(super) fn policy(id: &str, suite: &Suite) -> Option<String> {
    let name = id.rsplit('.').next().unwrap_or(id);
    let (registry, key) =
        suite.registries.iter().find_map(|registry| Some((registry, registry.policy(name)?)))?;
    let mut text = format!("{}.policy.{} ({})\n  {}\n", registry.profile, key.name, key.row, key.summary);
    let mut answers = Vec::new();
    for value in &key.values {
        let word = written(value);
        let default = if value == key.default() { " (default)" } else { "" };
        answers.push(format!("{word}{default}"));
    }
    text.push_str(&section("answers", &answers));
    let influenced =
        registry.requirements.iter().filter(|requirement| requirement.policy.contains(&key.name));
    let ids: Vec<String> = influenced.map(|requirement| requirement.id.to_string()).collect();
    text.push_str(&section("influences", &ids));
    Some(text)
}

/// The names of everything here.
pub(super) fn names(suite: &Suite) -> Vec<String> {
    let of = |registry: &Registry| -> Vec<String> {
        let requirements = registry.requirements.iter().map(|requirement| requirement.id.to_string());
        requirements.chain(registry.policies.iter().map(|key| key.name.clone())).collect()
    };
    suite.registries.iter().flat_map(of).collect()
}

/// What decides whether and how it counts.
fn guards(requirement: &Requirement, registry: &Registry) -> String {
    let mut lines = Vec::new();
    match &requirement.record {
        Record::Never => {}
        Record::Always => lines.push("a violation is only recorded".to_owned()),
        Record::Unless(conditions) => lines.extend(conditions.iter().map(|(key, values)| {
            let values: Vec<String> = values.iter().map(written).collect();
            format!("a violation is only recorded, unless policy.{key} is {}", values.join(" or "))
        })),
    }
    lines.extend(
        requirement.policy.iter().map(|key| format!("judged as {}.policy.{key} says", registry.profile)),
    );
    let capability = requirement.capability.as_ref();
    lines.extend(capability.map(|name| format!("applies with {}.capabilities.{name}", registry.profile)));
    lines.iter().map(|line| format!("  {line}\n")).collect()
}

fn citing(id: &RequirementId, suite: &Suite) -> Vec<String> {
    let citing = suite.programs.iter().filter(|program| program.requirements().contains(id));
    citing.map(|program| program.scenario.id.clone()).collect()
}

fn breaking(id: &RequirementId) -> Vec<String> {
    let breaking = DEFECTS.iter().filter(|defect| defect.requirements.contains(&id.as_str()));
    breaking.map(|defect| defect.id.to_owned()).collect()
}

/// A heading with a line each; nothing if there is none.
pub(super) fn section(heading: &str, lines: &[String]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let lines: String = lines.iter().map(|line| format!("    {line}\n")).collect();
    format!("  {heading}:\n{lines}")
}
