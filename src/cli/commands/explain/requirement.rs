//! A requirement: what it demands, how it is judged, and what a violation of it looks like.

use std::fmt::Write as _;

use super::{Asked, example, policy, section};
use crate::cli::commands::list::written;
use crate::mock::{DEFECTS, Defect};
use crate::plan::Program;
use crate::report::describe::shortened;
use crate::requirement::{Record, Registry, Requirement, RequirementId};

/// A requirement with all that hangs on it.
pub(super) fn explain(id: &str, asked: &Asked<'_>) -> Option<String> {
    let mut registries = asked.suite().registries.iter();
    let (registry, found) = registries.find_map(|registry| Some((registry, find(registry, id)?)))?;
    let mut text = format!("{} ({}), {}\n", found.id, found.level, registry.title);
    let _ = writeln!(text, "  {}", found.statement);
    let _ = writeln!(text, "  source: {}, {}", registry.source, found.clause);
    if let Some(reason) = &found.untested {
        let _ = writeln!(text, "  not judged: {reason}");
    }
    text.push_str(&guards(found, registry));
    text.push_str(&section("judged by", &judging(&found.id, asked)));
    let breaking = breaking(&found.id);
    let lines: Vec<String> = breaking.iter().map(|defect| line(defect)).collect();
    text.push_str(&section("violated on purpose by `run --defect`", &lines));
    text.push_str(&example::render(asked, &breaking, &|finding| finding.requirements.contains(&found.id)));
    Some(text)
}

/// Ids are written in capitals, but for those that steps have where no registry gives any.
fn find<'r>(registry: &'r Registry, id: &str) -> Option<&'r Requirement> {
    registry.requirement(id).or_else(|| registry.requirement(&id.to_uppercase()))
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
    lines.extend(requirement.policy.iter().map(|name| readings(name, registry)));
    let capability = requirement.capability.as_ref();
    lines.extend(capability.map(|name| format!("applies with {}.capabilities.{name}", registry.profile)));
    lines.iter().map(|line| format!("  {line}\n")).collect()
}

/// The key that chooses between legal readings, and these.
fn readings(name: &str, registry: &Registry) -> String {
    let answers = registry.policy(name).map(policy::answers).unwrap_or_default();
    format!("judged as {}.policy.{name} says: {}", registry.profile, answers.join(", "))
}

/// Each scenario, and below it the steps that judge the requirement with what they expect.
fn judging(id: &RequirementId, asked: &Asked<'_>) -> Vec<String> {
    let citing = asked.suite().programs.iter().filter(|program| program.requirements().contains(id));
    citing
        .flat_map(|program| {
            let scenario = program.scenario.id.clone();
            std::iter::once(scenario).chain(expectations(program, id, asked))
        })
        .collect()
}

fn expectations(program: &Program, id: &RequirementId, asked: &Asked<'_>) -> Vec<String> {
    const SHOWN_CHARACTERS: usize = 160;
    let checks = program.checks.iter().filter(|check| check.covers.contains(id));
    checks
        .map(|check| {
            let text = asked.sources.text(check.span.source);
            let expected = text.get(check.span.range()).unwrap_or_default();
            format!("  step {}: {}", check.step, shortened(expected, SHOWN_CHARACTERS))
        })
        .collect()
}

/// The defects that break it, those that are called after it first.
fn breaking(id: &RequirementId) -> Vec<&'static Defect> {
    let all = DEFECTS.iter().filter(|defect| defect.requirements.contains(&id.as_str()));
    let (own, others): (Vec<_>, Vec<_>) = all.partition(|defect| defect.id.starts_with(id.as_str()));
    own.into_iter().chain(others).collect()
}

fn line(defect: &Defect) -> String {
    format!("{}: {} ({})", defect.id, defect.sentence, defect.provenance.word())
}
