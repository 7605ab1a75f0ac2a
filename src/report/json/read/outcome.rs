//! From the form of a report to the outcome of a run. Nothing is counted or judged again: what is stored is taken as it is.

use std::collections::{BTreeMap, BTreeSet};

use super::place::Places;
use super::{Stored, baseline, exchange};
use crate::outcome::gate::{self, GateExit};
use crate::outcome::{
    CaseOutcome, CaseVerdict, Counts, Finding, Gate, RequirementOutcome, RunOutcome, Selection,
    SnapshotOutcome, TargetSummary, Volatile,
};
use crate::report::json::form::{self, Course, Exchange, Reach, Report, duration};
use crate::requirement::{Level, RequirementId};

/// Everything, or what is missing.
pub(super) fn stored(mut report: Report) -> Result<Stored, String> {
    let places = Places::new(&report);
    let cases = cases(&mut report, &places)?;
    let form::Volatile { started, duration_ms, seed, rerun, bases, because, .. } = report.volatile;
    let interrupted = report.gate.result.0 == GateExit::Interrupted;
    let selection = selection(report.selection);
    let outcome = RunOutcome {
        suite_digest: report.suite.digest,
        target: target(report.target, bases),
        baseline: report.baseline.map(baseline::applied),
        gate: gate(report.gate, because, is_part(&selection)),
        selection,
        counts: counts(report.counts)?,
        requirements: report.requirements.into_iter().map(requirement).collect(),
        cases,
        unreferenced: report.unreferenced_snapshots,
        interrupted,
        volatile: Volatile { started, duration: duration(duration_ms), seed, rerun },
    };
    Ok(Stored { outcome, sources: places.into_sources() })
}

fn target(target: form::Target, bases: BTreeMap<String, String>) -> TargetSummary {
    let form::Target { identity, policies, capabilities, bindings } = target;
    TargetSummary { identity, bases, policies, capabilities, bindings }
}

fn selection(selection: form::Selected) -> Selection {
    let form::Selected { filters, shard, complete, cases } = selection;
    Selection { filters, shard, complete, cases }
}

/// Whether other shards judged the rest.
fn is_part(selection: &Selection) -> bool {
    selection.shard.as_ref().is_some_and(|shard| !shard.ends_with("/1"))
}

fn gate(gate: form::Gate, because: Vec<String>, part: bool) -> Gate {
    let form::Options { fail_on_warn, full, refused_snapshots, unmet_faults, unjudged } = gate.options;
    let refused_snapshots = refused_snapshots.into_iter().map(|word| word.0).collect();
    let interrupted = gate.result.0 == GateExit::Interrupted;
    let options =
        gate::Options { fail_on_warn, full, interrupted, part, refused_snapshots, unmet_faults, unjudged };
    Gate { exit: gate.result.0, because, options }
}

fn counts(counts: form::CountsByLevel) -> Result<BTreeMap<Level, Counts>, String> {
    let row = |(word, reach): (String, Reach)| {
        let level = Level::parse(&word).ok_or_else(|| format!("`{word}` is no level"))?;
        let Reach { registered, observable, attainable, exercised, held } = reach;
        Ok((level, Counts { registered, observable, attainable, exercised, held }))
    };
    counts.into_iter().map(row).collect()
}

fn requirement(requirement: form::Requirement) -> RequirementOutcome {
    let form::Requirement { id, profile, level, statement, untested, verdict, cases } = requirement;
    let (id, level, verdict) = (RequirementId::new(&id), level.0, verdict.0);
    RequirementOutcome { id, profile, level, statement, untested, verdict, cases }
}

/// The cases with what `volatile` says of each.
fn cases(report: &mut Report, places: &Places) -> Result<Vec<CaseOutcome>, String> {
    let mut ids = BTreeSet::new();
    let mut cases = Vec::new();
    for case in std::mem::take(&mut report.cases) {
        let course = report.volatile.cases.remove(&case.id);
        let course = course.ok_or_else(|| format!("it has no course for the case `{}`", case.id))?;
        let evidence = report.volatile.evidence.remove(&case.id).unwrap_or_default();
        if !ids.insert(case.id.clone()) {
            return Err(format!("it has the case `{}` twice", case.id));
        }
        cases.push(self::case(case, (course, evidence), places)?);
    }
    Ok(cases)
}

fn case(
    case: form::Case,
    (course, evidence): (Course, Vec<Exchange>),
    places: &Places,
) -> Result<CaseOutcome, String> {
    if (course.reasons.len(), course.findings.len()) != (case.verdicts.len(), case.findings.len()) {
        return Err(format!("the course of the case `{}` is that of another", case.id));
    }
    let verdicts = case.verdicts.into_iter().zip(course.reasons);
    let findings = case.findings.into_iter().zip(course.findings);
    Ok(CaseOutcome {
        span: places.span(&case.source),
        id: case.id,
        title: case.title,
        profile: case.profile,
        verdicts: verdicts.map(|(verdict, because)| judged(verdict, because)).collect(),
        findings: findings.map(|(found, texts)| finding(found, texts, places)).collect(),
        failed_controls: case.failed_controls,
        not_run: course.because,
        snapshots: snapshots(case.snapshots, course.snapshots),
        exchanges: evidence.into_iter().map(exchange::recorded).collect(),
        disturbances: course.disturbances,
        jobs_created: course.jobs_created,
        duration: duration(course.duration_ms),
    })
}

fn judged(verdict: form::Judged, because: Option<String>) -> CaseVerdict {
    let form::Judged { requirement, verdict, policy, because: _ } = verdict;
    CaseVerdict { requirement: RequirementId::new(&requirement), verdict: verdict.0, because, policy }
}

fn finding(found: form::Found, texts: form::Texts, places: &Places) -> Finding {
    Finding {
        requirements: found.requirements.iter().map(|id| RequirementId::new(id)).collect(),
        step: found.step,
        place: found.place,
        expected: texts.expected,
        actual: texts.actual,
        span: places.span(&found.source),
        exchange: texts.exchange,
        signature: found.signature,
    }
}

fn snapshots(snapshots: Vec<form::Snapshot>, contents: Vec<form::Contents>) -> Vec<SnapshotOutcome> {
    let mut contents: BTreeMap<String, form::Contents> =
        contents.into_iter().map(|content| (content.name.clone(), content)).collect();
    let outcome = |form::Snapshot { name, state, unused_redactions }| {
        let (content, stored) =
            contents.remove(&name).map(|content| (content.taken, content.stored)).unwrap_or_default();
        SnapshotOutcome { name, state: state.0, content, stored, unused: unused_redactions }
    };
    snapshots.into_iter().map(outcome).collect()
}
