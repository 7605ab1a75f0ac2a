//! The registry of a suite that brings none: every step that judges something is a MUST of its own.

use std::collections::BTreeSet;

use crate::profile;
use crate::requirement::{Level, Record, Registry, Requirement, RequirementId, Who};
use crate::scenario::{Action, Scenario, Step};

/// The registry that the scenarios imply for a protocol without prepared jobs, if no file holds one.
pub(super) fn registry<'s>(
    registries: &[Registry],
    scenarios: impl Iterator<Item = &'s Scenario>,
) -> Option<Registry> {
    let name = profile::PROFILES.iter().find(|profile| profile.create_word().is_none())?.name();
    if registries.iter().any(|registry| registry.profile == name) {
        return None;
    }
    let mut scenarios = scenarios.filter(|scenario| scenario.profile.value == name).peekable();
    let span = scenarios.peek()?.profile.span;
    let (mut requirements, mut known) = (Vec::new(), BTreeSet::new());
    for scenario in scenarios {
        for step in scenario.steps.iter().chain(&scenario.cleanup) {
            collect(scenario, step, &mut known, &mut requirements);
        }
    }
    Some(Registry {
        profile: name.to_owned(),
        title: "The suite itself".to_owned(),
        source: "the steps of its scenarios".to_owned(),
        is_implied: true,
        policies: Vec::new(),
        capabilities: Vec::new(),
        requirements,
        span,
    })
}

fn collect(
    scenario: &Scenario,
    step: &Step,
    known: &mut BTreeSet<RequirementId>,
    requirements: &mut Vec<Requirement>,
) {
    let id = RequirementId::of_step(&scenario.id, &step.name.value);
    if judges(step) && known.insert(id.clone()) {
        requirements.push(Requirement {
            id,
            level: Level::Must,
            who: vec![Who::Server],
            statement: format!("{}: {}.", scenario.title, step.name.value),
            clause: scenario.id.clone(),
            record: Record::Never,
            policy: Vec::new(),
            capability: None,
            untested: None,
            span: step.span,
        });
    }
    inner(step).for_each(|inner| collect(scenario, inner, known, requirements));
}

/// Whether something is expected in the step itself.
fn judges(step: &Step) -> bool {
    let of_action = match &step.action {
        Action::Request { follow, .. } => {
            follow.as_ref().is_some_and(|follow| !follow.each.is_empty() || follow.trace.is_some())
        }
        Action::Poll(_) | Action::Use(_) | Action::Await(_) => true,
        Action::Repeat(repeat) => !repeat.quantifiers.is_empty(),
        Action::Hook(_) | Action::Wait(_) | Action::Parallel(_) | Action::Either(_) => false,
    };
    of_action || !step.expect.is_empty()
}

/// The steps within a step; those of a fragment count as the step that uses it.
fn inner(step: &Step) -> Box<dyn Iterator<Item = &Step> + '_> {
    match &step.action {
        Action::Repeat(repeat) => Box::new(repeat.steps.iter()),
        Action::Parallel(branches) => Box::new(branches.iter().flat_map(|(_, steps)| steps)),
        Action::Either(ways) => Box::new(ways.iter().flat_map(|way| &way.steps)),
        Action::Request { .. }
        | Action::Poll(_)
        | Action::Hook(_)
        | Action::Wait(_)
        | Action::Await(_)
        | Action::Use(_) => Box::new(std::iter::empty()),
    }
}
