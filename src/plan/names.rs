//! Which names an expression may use at which place of a scenario.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::{Capture, Kind, When};
use crate::diagnostic::Diagnostic;
use crate::profile::Profile;
use crate::requirement::Registry;
use crate::scenario::{CALLBACK, Fragment, Scenario, Template};
use crate::source::Span;
use crate::target::Target;

/// What can be said of a bound job in every protocol.
pub(super) const JOB_PROPERTIES: [&str; 3] = ["earliest_end", "latest_end", "mark"];

/// Names that stand for something new in every case.
pub(super) const FRESH_NAMES: [&str; 2] = ["unknown.uuid", "unknown.id"];

/// What stands before the name of a fragment's input.
pub(super) const INPUT: &str = "input";

/// Stands for every call-back address: which ones there are, only whoever uses a fragment can say.
const ANY_CALLBACK: &str = "callback.*";

/// What stands before the names that a fragment shares with whoever uses it.
const SHARED: [&str; 5] = ["target.", "policy.", "unknown.", "principal.", "callback."];

/// What a captured name stands for.
const OF_A_CAPTURE: &str = "What a step before captured under this name. In `expect`, where no step before has it, too, what the step itself captures: two places of one answer are compared in this way.";

/// The kinds of names that expressions use, each with what it stands for, for people.
pub fn name_forms() -> Vec<(String, String)> {
    let durations: Vec<&str> = Target::duration_names().collect();
    let rows = [
        ("NAME".to_owned(), OF_A_CAPTURE.to_owned()),
        ("case.COLUMN".to_owned(), "A value of this test case's row of `cases`.".to_owned()),
        (format!("{INPUT}.NAME"), "In a fragment: what whoever uses it says under `with`.".to_owned()),
        ("policy.KEY".to_owned(), "The answer that the target file gives to an open question.".to_owned()),
        ("target.base".to_owned(), "The base URL of the protocol.".to_owned()),
        ("target.NAME".to_owned(), format!("A length of time of the target file: {}.", durations.join(", "))),
        (format!("ALIAS.{}", JOB_PROPERTIES.join(", ALIAS.")), "What is known of a bound job.".to_owned()),
        (FRESH_NAMES.join(", "), "An id that the server cannot know.".to_owned()),
        ("principal.token".to_owned(), "The credential of whoever does the step.".to_owned()),
        ("index".to_owned(), "In `repeat`: the number of the round, from 1.".to_owned()),
    ];
    rows.into_iter().collect()
}

/// Where a name has a value that it has not here.
#[derive(Debug, Clone)]
pub(super) enum Elsewhere {
    /// In a round of `repeat` that is over.
    Round,
    /// In another branch of `parallel`.
    Branch,
    /// In another way of `either`.
    Way,
    /// In the fragment of this name.
    Fragment(String),
}

impl Elsewhere {
    /// Why the name has no value here, and what to do.
    fn way_out(&self, name: &str) -> String {
        match self {
            Self::Round => format!(
                "what a `repeat` captures ends with each round: use `{name}` in its `steps`, or capture it again behind it"
            ),
            Self::Branch => format!(
                "another branch captures it, at the same time: use `{name}` behind the `parallel`, or capture it in a step before"
            ),
            Self::Way => format!(
                "only another way of the `either` captures it: capture `{name}` in this one, too, or in a step before"
            ),
            Self::Fragment(fragment) => format!(
                "the fragment `{fragment}` captures it for itself: name it there under `outputs`, and here, too: `outputs: {{ {name}: {name} }}`"
            ),
        }
    }
}

/// The names that have a value at a place.
#[derive(Debug, Clone)]
pub(super) struct Names {
    known: BTreeSet<String>,
    /// What kind of value some of them surely have.
    kinds: BTreeMap<String, Kind>,
    /// Captured names that had one at a place whose end this one lies behind, or beside.
    lost: BTreeMap<String, Elsewhere>,
}

impl Names {
    /// The names that have a value before the first step.
    pub(super) fn at_start(scenario: &Scenario, registry: &Registry, profile: &dyn Profile) -> Self {
        let mut known = Self::at_planning(scenario, registry).known;
        known.extend(FRESH_NAMES.map(str::to_owned));
        known.insert("principal.token".to_owned());
        known.extend(scenario.callbacks.iter().map(|address| format!("{CALLBACK}.{}", address.name.value)));
        for job in &scenario.needs.jobs {
            let properties = JOB_PROPERTIES.iter().chain(profile.job_properties());
            known.extend(properties.map(|property| format!("{}.{property}", job.alias.value)));
        }
        Self { known, kinds: BTreeMap::new(), lost: BTreeMap::new() }
    }

    /// The names that `needs` may use: what the target file and the case row say.
    pub(super) fn at_planning(scenario: &Scenario, registry: &Registry) -> Self {
        let mut known = BTreeSet::new();
        known.insert("target.base".to_owned());
        known.extend(Target::duration_names().map(|name| format!("target.{name}")));
        known.extend(registry.policies.iter().map(|key| format!("policy.{}", key.name)));
        known
            .extend(scenario.cases.iter().flat_map(|row| row.values.keys()).map(|key| format!("case.{key}")));
        Self { known, kinds: BTreeMap::new(), lost: BTreeMap::new() }
    }

    /// The names that somebody who uses a fragment may have.
    pub(super) fn of_anybody(scenario: &Scenario, registry: &Registry, profile: &dyn Profile) -> Self {
        let mut names = Self::at_start(scenario, registry, profile);
        names.add(ANY_CALLBACK);
        names
    }

    /// The names that have a value in a fragment before its first step: nothing of whoever uses it but its inputs.
    pub(super) fn in_fragment(&self, fragment: &Fragment) -> Self {
        let is_shared = |name: &&String| SHARED.iter().any(|family| name.starts_with(family));
        let mut known: BTreeSet<String> = self.known.iter().filter(is_shared).cloned().collect();
        known.extend(fragment.inputs.iter().map(|input| format!("{INPUT}.{}", input.name.value)));
        Self { known, kinds: BTreeMap::new(), lost: BTreeMap::new() }
    }

    /// Adds a captured name, of whatever kind its value is.
    pub(super) fn add(&mut self, name: &str) {
        self.known.insert(name.to_owned());
        self.kinds.remove(name);
    }

    /// Adds the names that a step captures, each with what is taken for it.
    pub(super) fn add_captures(&mut self, captures: &[(String, Capture)]) {
        for (name, capture) in captures {
            self.add(name);
            self.kinds.extend(capture.kind().map(|kind| (name.clone(), kind)));
        }
    }

    /// Adds every name that another branch knows; of what kind it is only where both agree.
    pub(super) fn add_all(&mut self, other: &Self) {
        self.kinds.retain(|name, kind| other.kinds.get(name) == Some(kind) || !other.known.contains(name));
        let is_new = |name: &&String| !self.known.contains(*name);
        let new =
            other.kinds.iter().filter(|(name, _)| is_new(name)).map(|(name, kind)| (name.clone(), *kind));
        self.kinds.extend(new.collect::<Vec<_>>());
        self.known.extend(other.known.iter().cloned());
        self.lost.extend(other.lost.clone());
    }

    /// Remembers the names that `inner` captured, for whoever looks for them here.
    pub(super) fn lose(&mut self, inner: &Self, elsewhere: &Elsewhere) {
        let captured = inner.known.iter().filter(|name| !name.contains('.') && !self.known.contains(*name));
        let captured: Vec<String> = captured.cloned().collect();
        self.lost.extend(captured.into_iter().map(|name| (name, elsewhere.clone())));
    }

    /// Reports every name of a template that has no value here.
    pub(super) fn check(&self, template: &Template, diagnostics: &mut Vec<Diagnostic>) {
        self.check_all(template.names(), diagnostics);
    }

    /// Reports every one of these that has no value here.
    pub(super) fn check_all<'a>(
        &self,
        names: impl IntoIterator<Item = (&'a str, Span)>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        for (name, span) in names {
            if !self.is_known(name) {
                let unbound =
                    Diagnostic::error("unbound-name", format!("nothing gives `{name}` a value here"));
                diagnostics.push(self.way_out(unbound.at(span, "used here"), name));
            }
        }
    }

    /// Reports every name of a condition that has no value here, or never one of those that are meant.
    pub(super) fn check_when(&self, when: &When, diagnostics: &mut Vec<Diagnostic>) {
        self.check_all(when.names(), diagnostics);
        self.check_kinds(when, diagnostics);
    }

    /// Reports every name of a condition that never has one of the values that are meant.
    pub(super) fn check_kinds(&self, when: &When, diagnostics: &mut Vec<Diagnostic>) {
        when.refuse_impossible(&|name| self.kinds.get(name).copied(), diagnostics);
    }

    fn is_known(&self, name: &str) -> bool {
        let is_address = name.split('.').next() == Some(CALLBACK);
        self.known.contains(name) || is_address && self.known.contains(ANY_CALLBACK)
    }

    fn way_out(&self, unbound: Diagnostic, name: &str) -> Diagnostic {
        if let Some(elsewhere) = self.lost.get(name) {
            return unbound.help(elsewhere.way_out(name));
        }
        let candidates = self.candidates(name);
        if candidates.is_empty() {
            return unbound.help(format!("capture it in a step before: `capture: {{ {name}: /id }}`"));
        }
        unbound.suggest(name, candidates)
    }

    /// Names of the same first word, and captured ones: a list that helps rather than floods.
    fn candidates(&self, name: &str) -> Vec<&str> {
        let first = name.split('.').next().unwrap_or(name);
        let family = |known: &&String| known.split('.').next() == Some(first) || !known.contains('.');
        let near: Vec<&str> = self.known.iter().filter(family).map(String::as_str).collect();
        if near.is_empty() && name.contains('.') { self.families() } else { near }
    }

    /// A name of each family that there is.
    fn families(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.known.iter().map(String::as_str).collect();
        names.dedup_by_key(|name| name.split('.').next());
        names
    }
}
