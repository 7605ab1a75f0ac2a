//! The shape of the JSON report, apart from the types of the program, so that those may change without it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::evidence::{self, Volatile};
use crate::outcome::signature::stable;
use crate::outcome::{
    CaseOutcome, CaseVerdict, Counts, Finding, RequirementOutcome, RunOutcome, Selection, SnapshotOutcome,
    TargetSummary, Verdict,
};
use crate::requirement::RequirementId;
use crate::source::{SourceMap, Span};

/// How many cases came to each verdict, by its word.
pub(in crate::report) type Totals = BTreeMap<&'static str, usize>;

/// How far the requirements of each level got, by its word.
pub(in crate::report) type CountsByLevel = BTreeMap<&'static str, Reach>;

#[derive(Serialize)]
pub(in crate::report) struct Report<'a> {
    schema: &'static str,
    tool: Tool,
    suite: Suite<'a>,
    target: Target<'a>,
    selection: Selected<'a>,
    gate: Gate,
    totals: Totals,
    counts: CountsByLevel,
    requirements: Vec<Requirement<'a>>,
    cases: Vec<Case<'a>>,
    unreferenced_snapshots: &'a [String],
    volatile: Volatile<'a>,
}

#[derive(Serialize)]
pub(in crate::report) struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
pub(in crate::report) struct Suite<'a> {
    digest: &'a str,
}

#[derive(Serialize)]
pub(in crate::report) struct Target<'a> {
    identity: &'a str,
    policies: &'a BTreeMap<String, String>,
    capabilities: &'a BTreeMap<String, String>,
    bindings: &'a BTreeMap<String, String>,
}

#[derive(Serialize)]
pub(in crate::report) struct Selected<'a> {
    filters: &'a [String],
    shard: Option<&'a str>,
    complete: bool,
}

#[derive(Serialize)]
pub(in crate::report) struct Gate {
    result: &'static str,
    exit_code: u8,
    because: Vec<String>,
}

#[derive(Serialize)]
pub(in crate::report) struct Reach {
    registered: usize,
    observable: usize,
    attainable: usize,
    exercised: usize,
    held: usize,
}

#[derive(Serialize)]
pub(in crate::report) struct Requirement<'a> {
    id: &'a str,
    profile: &'a str,
    level: &'static str,
    statement: &'a str,
    untested: Option<&'a str>,
    verdict: &'static str,
    cases: &'a [String],
}

#[derive(Serialize)]
pub(in crate::report) struct Case<'a> {
    id: &'a str,
    title: &'a str,
    profile: &'a str,
    source: Source<'a>,
    verdict: &'static str,
    because: Option<String>,
    verdicts: Vec<Judged<'a>>,
    findings: Vec<Found<'a>>,
    failed_controls: &'a [String],
    snapshots: Vec<Snapshot<'a>>,
}

#[derive(Serialize)]
struct Source<'a> {
    file: &'a str,
    line: usize,
}

#[derive(Serialize)]
struct Judged<'a> {
    requirement: &'a str,
    verdict: &'static str,
    because: Option<String>,
    policy: Option<&'a str>,
}

/// `expected` and `actual` with ids, instants, URLs and durations replaced by their class; the exact texts are evidence.
#[derive(Serialize)]
struct Found<'a> {
    requirements: Vec<&'a str>,
    step: &'a str,
    place: &'a str,
    expected: String,
    actual: String,
    signature: &'a str,
    source: Source<'a>,
}

#[derive(Serialize)]
struct Snapshot<'a> {
    name: &'a str,
    state: &'static str,
    unused_redactions: &'a [String],
}

/// The whole report.
pub(in crate::report) fn report<'a>(outcome: &'a RunOutcome, sources: &'a SourceMap) -> Report<'a> {
    Report {
        schema: super::SCHEMA,
        tool: tool(),
        suite: suite(&outcome.suite_digest),
        target: target(&outcome.target),
        selection: selection(&outcome.selection),
        gate: gate(outcome),
        totals: totals(&outcome.cases),
        counts: counts(outcome),
        requirements: requirements(outcome),
        cases: outcome.cases.iter().map(|outcome| case(outcome, sources)).collect(),
        unreferenced_snapshots: &outcome.unreferenced,
        volatile: evidence::volatile(outcome),
    }
}

pub(in crate::report) fn tool() -> Tool {
    Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") }
}

pub(in crate::report) fn suite(digest: &str) -> Suite<'_> {
    Suite { digest }
}

pub(in crate::report) fn target(target: &TargetSummary) -> Target<'_> {
    let TargetSummary { identity, policies, capabilities, bindings, bases: _ } = target;
    Target { identity, policies, capabilities, bindings }
}

pub(in crate::report) fn selection(selection: &Selection) -> Selected<'_> {
    let Selection { filters, shard, complete } = selection;
    Selected { filters, shard: shard.as_deref(), complete: *complete }
}

pub(in crate::report) fn gate(outcome: &RunOutcome) -> Gate {
    Gate {
        result: outcome.gate.exit.word(),
        exit_code: outcome.gate.exit.code(),
        because: outcome.gate.because.iter().map(|reason| stable(reason)).collect(),
    }
}

/// How many cases came to each verdict.
pub(in crate::report) fn totals(cases: &[CaseOutcome]) -> Totals {
    let number = |verdict: Verdict| cases.iter().filter(|case| case.verdict() == verdict).count();
    Verdict::ALL.into_iter().map(|verdict| (verdict.word(), number(verdict))).collect()
}

pub(in crate::report) fn counts(outcome: &RunOutcome) -> CountsByLevel {
    let reach = |counts: &Counts| {
        let Counts { registered, observable, attainable, exercised, held } = *counts;
        Reach { registered, observable, attainable, exercised, held }
    };
    outcome.counts.iter().map(|(level, counts)| (level.as_str(), reach(counts))).collect()
}

pub(in crate::report) fn requirements(outcome: &RunOutcome) -> Vec<Requirement<'_>> {
    outcome.requirements.iter().map(requirement).collect()
}

fn requirement(requirement: &RequirementOutcome) -> Requirement<'_> {
    Requirement {
        id: requirement.id.as_str(),
        profile: &requirement.profile,
        level: requirement.level.as_str(),
        statement: &requirement.statement,
        untested: requirement.untested.as_deref(),
        verdict: requirement.verdict.word(),
        cases: &requirement.cases,
    }
}

/// One case, without what may differ from run to run.
pub(in crate::report) fn case<'a>(case: &'a CaseOutcome, sources: &'a SourceMap) -> Case<'a> {
    Case {
        id: &case.id,
        title: &case.title,
        profile: &case.profile,
        source: source(case.span, sources),
        verdict: case.verdict().word(),
        because: case.not_run.as_deref().map(stable),
        verdicts: case.verdicts.iter().map(judged).collect(),
        findings: case.findings.iter().map(|finding| found(finding, sources)).collect(),
        failed_controls: &case.failed_controls,
        snapshots: case.snapshots.iter().map(snapshot).collect(),
    }
}

fn source(span: Span, sources: &SourceMap) -> Source<'_> {
    Source { file: sources.name(span.source), line: sources.position(span).line }
}

fn judged(verdict: &CaseVerdict) -> Judged<'_> {
    Judged {
        requirement: verdict.requirement.as_str(),
        verdict: verdict.verdict.word(),
        because: verdict.because.as_deref().map(stable),
        policy: verdict.policy.as_deref(),
    }
}

fn found<'a>(finding: &'a Finding, sources: &'a SourceMap) -> Found<'a> {
    Found {
        requirements: finding.requirements.iter().map(RequirementId::as_str).collect(),
        step: &finding.step,
        place: &finding.place,
        expected: stable(&finding.expected),
        actual: stable(&finding.actual),
        signature: &finding.signature,
        source: source(finding.span, sources),
    }
}

fn snapshot(snapshot: &SnapshotOutcome) -> Snapshot<'_> {
    Snapshot { name: &snapshot.name, state: snapshot.state.word(), unused_redactions: &snapshot.unused }
}
