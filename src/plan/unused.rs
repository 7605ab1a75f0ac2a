//! Fragments that no scenario uses: each is compiled by itself, so that a mistake is told before somebody uses it.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::compile::Compiling;
use super::names::Names;
use super::program::{Act, Instruction, every_step};
use super::suite::{Unread, without_echoes};
use super::{Parts, Suite};
use crate::diagnostic::{Diagnostic, has_errors};
use crate::profile::{self, Profile};
use crate::requirement::Registry;
use crate::scenario::{Fragment, Needs, Scenario};
use crate::source::{Span, Spanned};

/// What only whoever uses a fragment can say: its jobs and its call-back addresses.
const OF_THE_USER: [&str; 2] = ["unknown-alias", "unknown-callback"];

/// A fragment that was compiled by itself.
struct Alone<'s> {
    name: &'s str,
    uses: BTreeSet<String>,
    mistakes: Vec<Diagnostic>,
}

/// The mistakes in fragments of a suite that none of its scenarios uses; `told` is what was found in the suite so far.
pub fn lint_fragments(suite: &Suite, told: &[Diagnostic]) -> Vec<Diagnostic> {
    let steps = suite.programs.iter().flat_map(|program| program.every_step());
    let mut known: BTreeSet<String> = steps.filter_map(used).collect();
    // Where a mistake was found in the file already, what else is wrong may only follow from it.
    let unused = suite.fragments.values().filter(|own| !known.contains(&own.name) && !is_in(own.span, told));
    let alone: Vec<Alone<'_>> = unused.filter_map(|fragment| compiled(suite, fragment, told)).collect();
    let is_inner =
        |own: &Alone<'_>| alone.iter().any(|other| other.name != own.name && other.uses.contains(own.name));
    // Whoever is used by another one was compiled there; in a circle, each one is used.
    let (inner, outer): (Vec<_>, Vec<_>) = alone.iter().partition(|own| is_inner(own));
    let mut mistakes = Vec::new();
    for own in outer.into_iter().chain(inner) {
        if known.insert(own.name.to_owned()) {
            known.extend(own.uses.iter().cloned());
            mistakes.extend(own.mistakes.iter().cloned());
        }
    }
    mistakes
}

/// A fragment belongs to no protocol, so it is right if it is right for one of those that the suite speaks.
fn compiled<'s>(suite: &'s Suite, fragment: &'s Fragment, told: &[Diagnostic]) -> Option<Alone<'s>> {
    let is_spoken = |registry: &&Registry| suite.has_scenarios_for(&registry.profile);
    let mut attempts = suite.registries.iter().filter(is_spoken).filter_map(|registry| {
        let profile = profile::find(&registry.profile)?;
        Some(compile(suite, fragment, (registry, profile), is_broken(registry, told)))
    });
    let first = attempts.next()?;
    if !has_errors(&first.mistakes) {
        return Some(first);
    }
    Some(attempts.find(|other| !has_errors(&other.mistakes)).unwrap_or(first))
}

fn compile<'s>(
    suite: &'s Suite,
    fragment: &'s Fragment,
    (registry, profile): (&Registry, &'static dyn Profile),
    registry_lacks_rows: bool,
) -> Alone<'s> {
    let scenario = Arc::new(user(fragment, profile));
    let names = Names::of_anybody(&scenario, registry, profile);
    let schemas = suite.schemas.visible_to(profile.name());
    let parts = Parts { schemas, fragments: &suite.fragments, files: &suite.files };
    let unread = Unread { registry: registry_lacks_rows, table: false };
    let mut mistakes = Vec::new();
    let (steps, _) =
        Compiling::new((&scenario, profile), registry, parts, &mut mistakes).inside(fragment, &names);
    mistakes.retain(|mistake| !OF_THE_USER.contains(&mistake.code));
    let uses = every_step(&steps).filter_map(used).collect();
    Alone { name: &fragment.name, uses, mistakes: without_echoes(mistakes, unread) }
}

/// A scenario that uses a fragment and does nothing else.
fn user(fragment: &Fragment, profile: &dyn Profile) -> Scenario {
    Scenario {
        id: fragment.name.clone(),
        title: String::new(),
        profile: Spanned::new(profile.name().to_owned(), fragment.span),
        tags: Vec::new(),
        needs: Needs::default(),
        callbacks: Vec::new(),
        cases: Vec::new(),
        steps: Vec::new(),
        cleanup: Vec::new(),
        span: fragment.span,
    }
}

/// Whether a mistake was found in a registry: what it seems not to have may well be there.
fn is_broken(registry: &Registry, told: &[Diagnostic]) -> bool {
    !registry.is_implied && registry.requirements.first().is_none_or(|first| is_in(first.span, told))
}

/// Whether a mistake was found in the file of that place.
fn is_in(place: Span, told: &[Diagnostic]) -> bool {
    let mut labels = told.iter().filter_map(|diagnostic| diagnostic.label.as_ref());
    labels.any(|label| label.span.source == place.source)
}

/// The name of the fragment that a step uses.
fn used(step: &Instruction) -> Option<String> {
    let Act::Use(word) = &step.act else { return None };
    Some(word.fragment.clone())
}
