//! What run this was: the target, the suite, when, how long, and how to repeat it.

use crate::outcome::{RunOutcome, Selection};
use crate::report::describe;

/// A line of the list: what it is called, and what it says.
pub(super) struct Fact {
    pub(super) name: String,
    pub(super) value: String,
}

/// The facts in the order in which people ask for them.
pub(super) fn facts(outcome: &RunOutcome) -> Vec<Fact> {
    let judged = if outcome.is_of_client() { "client" } else { "target" };
    let mut facts = vec![fact(judged, &outcome.target.identity)];
    facts.extend(outcome.target.bases.iter().map(|(profile, base)| fact(profile, base)));
    facts.push(fact("started", &outcome.volatile.started.strftime("%F %T UTC").to_string()));
    facts.push(fact("took", &describe::time(outcome.volatile.duration)));
    facts.push(fact("selected", &selected(&outcome.selection)));
    facts.push(fact("suite", &outcome.suite_digest));
    facts.push(fact("seed", &outcome.volatile.seed.to_string()));
    facts.push(fact("judged by", concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"))));
    facts.retain(|fact| !fact.value.is_empty());
    facts
}

/// The settings of the target file, by what they are.
pub(super) fn settings(outcome: &RunOutcome) -> Vec<(&'static str, Vec<Fact>)> {
    let target = &outcome.target;
    let tables =
        [("policies", &target.policies), ("capabilities", &target.capabilities), ("jobs", &target.bindings)];
    let rows = tables.map(|(name, table)| {
        (name, table.iter().map(|(key, value)| fact(key, value)).collect::<Vec<Fact>>())
    });
    rows.into_iter().filter(|(_, rows)| !rows.is_empty()).collect()
}

/// The command that runs the same again.
pub(super) fn rerun(outcome: &RunOutcome) -> String {
    let filters: Vec<&str> = outcome.selection.filters.iter().map(String::as_str).collect();
    describe::rerun(&filters, outcome)
}

fn selected(selection: &Selection) -> String {
    let mut parts = selection.filters.clone();
    parts.extend(selection.shard.iter().map(|shard| format!("shard {shard}")));
    match (selection.complete, parts.is_empty()) {
        (true, _) => "every case of the suite".to_owned(),
        (false, true) => "a part of the suite".to_owned(),
        (false, false) => parts.join(", "),
    }
}

fn fact(name: &str, value: &str) -> Fact {
    Fact { name: name.to_owned(), value: value.to_owned() }
}
