//! The outcomes of all cases to the outcome of the run.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use jiff::Timestamp;

use super::dispatch::Run;
use crate::outcome::{CaseOutcome, RunOutcome, Selection, TargetSummary, Volatile, baseline, gate, totals};
use crate::plan;
use crate::requirement::Registry;

/// Rolls everything up.
pub(super) fn summarize(
    run: &Run<'_>,
    mut cases: Vec<CaseOutcome>,
    (started, duration): (Timestamp, Duration),
) -> RunOutcome {
    cases.sort_by(|one, other| one.id.cmp(&other.id));
    let declared = |registry: &&Registry| run.target.protocol(&registry.profile).is_some();
    let registries: Vec<&Registry> = run.suite.registries.iter().filter(declared).collect();
    let requirements = totals::requirements(&registries, &cases);
    let counts = totals::counts(&requirements, &cases);
    let interrupted = run.interrupt.is_set();
    let part = is_part(run);
    let unmet_faults = run.world.unmet_faults();
    let unjudged = unjudged(run, &registries);
    let options = gate::Options { interrupted, part, unmet_faults, unjudged, ..run.settings.gate.clone() };
    let settings = &run.settings;
    let baseline = settings.baseline.as_ref().map(|own| baseline::judge(own, &cases));
    let gate = gate::close(&cases, &requirements, baseline.as_ref(), &options);
    RunOutcome {
        suite_digest: run.suite.digest.clone(),
        target: target(run),
        selection: selection(run),
        gate,
        baseline,
        counts,
        requirements,
        cases,
        unreferenced: unreferenced(run),
        interrupted,
        volatile: Volatile { started, duration, seed: run.settings.seed, rerun: run.settings.rerun.clone() },
    }
}

/// The obligations that no scenario judges; of a part of the suite that cannot be said.
fn unjudged(run: &Run<'_>, registries: &[&Registry]) -> Vec<String> {
    let registries = registries.iter().filter(|_| run.plan.complete);
    let ids = registries.flat_map(|registry| plan::unjudged(run.suite, registry));
    ids.map(ToString::to_string).collect()
}

/// The stored snapshots that nothing takes any more; of a part of the suite that cannot be said.
fn unreferenced(run: &Run<'_>) -> Vec<String> {
    let Some(stored) = run.settings.snapshots.as_ref().filter(|_| run.plan.complete) else {
        return Vec::new();
    };
    let programs = run.suite.programs.iter();
    let taken: BTreeSet<String> = programs.flat_map(|program| program.snapshot_names()).collect();
    stored.keys().filter(|name| !taken.contains(*name)).cloned().collect()
}

/// What was asked for; of a run that was interrupted not all of it came.
pub(super) fn selection(run: &Run<'_>) -> Selection {
    let complete = run.plan.complete && !is_part(run) && !run.interrupt.is_set();
    let shard = run.plan.shard.map(|(shard, _)| shard.to_string());
    let cases = run.plan.cases.len() + run.plan.shard.map_or(0, |(_, rest)| rest.cases);
    Selection { filters: run.settings.filters.clone(), shard, complete, cases }
}

/// Whether other shards judge the rest.
fn is_part(run: &Run<'_>) -> bool {
    run.plan.shard.is_some_and(|(shard, _)| !shard.is_whole())
}

/// The implementation under test.
pub(super) fn target(run: &Run<'_>) -> TargetSummary {
    let target = run.target;
    let mut bindings = BTreeMap::new();
    for case in &run.plan.cases {
        for (alias, job) in &case.bindings {
            bindings.insert(format!("{}: {alias}", case.id), job.label.clone());
        }
    }
    let mut summary =
        TargetSummary { identity: target.identity.describe(), bindings, ..TargetSummary::default() };
    for protocol in &target.protocols {
        let profile = &protocol.profile;
        summary.bases.insert(profile.clone(), protocol.base.as_str().to_owned());
        let policies = protocol.policies.iter();
        summary.policies.extend(policies.map(|(key, value)| (format!("{profile}.{key}"), value.to_string())));
        let word = |on: bool| if on { "yes" } else { "no" }.to_owned();
        let capabilities = protocol.capabilities.iter();
        summary.capabilities.extend(capabilities.map(|(name, on)| (format!("{profile}.{name}"), word(*on))));
    }
    summary
}
