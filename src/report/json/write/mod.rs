//! From the outcome of a run to the form of its report.

mod baseline;
mod place;
mod volatile;

use super::form::{
    Case, CountsByLevel, Found, Gate, Judged, Options, Reach, Report, Requirement, Selected, Snapshot, Suite,
    Target, Tool, Totals, Word,
};
use crate::outcome::signature::stable;
use crate::outcome::{
    CaseOutcome, CaseVerdict, Counts, Finding, RequirementOutcome, RunOutcome, Selection, SnapshotOutcome,
    TargetSummary, Verdict, gate,
};
use crate::source::SourceMap;

pub(in crate::report) use baseline::baseline;
pub(in crate::report) use place::lines;
pub(in crate::report) use volatile::{course, exchanges};

/// The whole report.
pub(in crate::report) fn report(outcome: &RunOutcome, sources: &SourceMap) -> Report {
    Report {
        schema: super::SCHEMA.to_owned(),
        tool: tool(),
        suite: suite(&outcome.suite_digest),
        target: target(&outcome.target),
        selection: selection(&outcome.selection),
        gate: gate(outcome),
        baseline: outcome.baseline.as_ref().map(baseline),
        totals: totals(&outcome.cases),
        counts: counts(outcome),
        requirements: requirements(outcome),
        cases: outcome.cases.iter().map(|outcome| case(outcome, sources)).collect(),
        unreferenced_snapshots: outcome.unreferenced.clone(),
        lines: lines(&outcome.cases, sources),
        volatile: volatile::volatile(outcome),
    }
}

pub(in crate::report) fn tool() -> Tool {
    Tool { name: env!("CARGO_PKG_NAME").to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() }
}

pub(in crate::report) fn suite(digest: &str) -> Suite {
    Suite { digest: digest.to_owned() }
}

pub(in crate::report) fn target(target: &TargetSummary) -> Target {
    let TargetSummary { identity, policies, capabilities, bindings, bases: _ } = target.clone();
    Target { identity, policies, capabilities, bindings }
}

pub(in crate::report) fn selection(selection: &Selection) -> Selected {
    let Selection { filters, shard, complete, cases } = selection.clone();
    Selected { filters, shard, complete, cases }
}

pub(in crate::report) fn gate(outcome: &RunOutcome) -> Gate {
    let gate::Options {
        fail_on_warn,
        full,
        interrupted: _,
        part: _,
        refused_snapshots,
        unmet_faults,
        unjudged,
    } = &outcome.gate.options;
    Gate {
        result: Word(outcome.gate.exit),
        exit_code: outcome.gate.exit.code(),
        because: outcome.gate.because.iter().map(|reason| stable(reason)).collect(),
        options: Options {
            fail_on_warn: *fail_on_warn,
            full: *full,
            refused_snapshots: refused_snapshots.iter().copied().map(Word).collect(),
            unmet_faults: unmet_faults.clone(),
            unjudged: unjudged.clone(),
        },
    }
}

/// How many cases came to each verdict.
pub(in crate::report) fn totals(cases: &[CaseOutcome]) -> Totals {
    let number = |verdict: Verdict| cases.iter().filter(|case| case.verdict() == verdict).count();
    Verdict::ALL.into_iter().map(|verdict| (verdict.word().to_owned(), number(verdict))).collect()
}

pub(in crate::report) fn counts(outcome: &RunOutcome) -> CountsByLevel {
    let reach = |counts: &Counts| {
        let Counts { registered, observable, attainable, exercised, held } = *counts;
        Reach { registered, observable, attainable, exercised, held }
    };
    outcome.counts.iter().map(|(level, counts)| (level.as_str().to_owned(), reach(counts))).collect()
}

pub(in crate::report) fn requirements(outcome: &RunOutcome) -> Vec<Requirement> {
    outcome.requirements.iter().map(requirement).collect()
}

fn requirement(requirement: &RequirementOutcome) -> Requirement {
    let RequirementOutcome { id, profile, level, statement, untested, verdict, cases } = requirement.clone();
    let (id, level, verdict) = (id.to_string(), Word(level), Word(verdict));
    Requirement { id, profile, level, statement, untested, verdict, cases }
}

/// One case, without what may differ from run to run.
pub(in crate::report) fn case(case: &CaseOutcome, sources: &SourceMap) -> Case {
    Case {
        id: case.id.clone(),
        title: case.title.clone(),
        profile: case.profile.clone(),
        source: place::source(case.span, sources),
        verdict: Word(case.verdict()),
        because: case.not_run.as_deref().map(stable),
        verdicts: case.verdicts.iter().map(judged).collect(),
        findings: case.findings.iter().map(|finding| found(finding, sources)).collect(),
        failed_controls: case.failed_controls.clone(),
        snapshots: case.snapshots.iter().map(snapshot).collect(),
    }
}

fn judged(verdict: &CaseVerdict) -> Judged {
    Judged {
        requirement: verdict.requirement.to_string(),
        verdict: Word(verdict.verdict),
        because: verdict.because.as_deref().map(stable),
        policy: verdict.policy.clone(),
    }
}

fn found(finding: &Finding, sources: &SourceMap) -> Found {
    Found {
        requirements: finding.requirements.iter().map(ToString::to_string).collect(),
        step: finding.step.clone(),
        place: finding.place.clone(),
        expected: stable(&finding.expected),
        actual: stable(&finding.actual),
        signature: finding.signature.clone(),
        source: place::source(finding.span, sources),
    }
}

fn snapshot(snapshot: &SnapshotOutcome) -> Snapshot {
    let SnapshotOutcome { name, state, unused: unused_redactions, .. } = snapshot.clone();
    Snapshot { name, state: Word(state), unused_redactions }
}
