//! From the record of a case to its outcome; the verdicts themselves are made in `outcome::verdict`.

use std::time::Duration;

use super::case::Common;
use super::controls::Controls;
use super::exchange::Stop;
use super::ledger::{Entry, Ledger};
use crate::outcome::verdict::{Circumstances, verdict};
use crate::outcome::{CaseOutcome, CaseVerdict, CheckOutcome, Verdict};
use crate::plan::{NotRun, TestCase};
use crate::requirement::{Registry, Requirement, RequirementId};

/// How a case ended.
pub(super) struct Ending {
    pub(super) stop: Option<Stop>,
    pub(super) started_over: bool,
    pub(super) duration: Duration,
}

/// The outcome of a case that ran.
pub(super) fn assemble(common: &Common<'_>, case: &TestCase, ledger: Ledger, ending: &Ending) -> CaseOutcome {
    let controls = Controls::read(case, &ledger);
    let reason = reason(case, ending);
    let verdicts = case
        .requirements()
        .into_iter()
        .filter_map(|id| {
            let requirement = requirement(common.registries, case, id)?;
            let overruled = overruled(ending.stop.as_ref(), reason.as_deref());
            Some(overruled.map_or_else(
                || judged(common, case, &ledger, requirement, &controls, reason.as_deref()),
                |(verdict, because)| plain(requirement, verdict, Some(because)),
            ))
        })
        .collect();
    CaseOutcome {
        verdicts,
        findings: ledger.findings,
        failed_controls: controls.failed,
        not_run: reason,
        snapshots: ledger.snapshots,
        exchanges: ledger.exchanges,
        disturbances: ledger.disturbances,
        jobs_created: ledger.jobs_created,
        duration: ending.duration,
        ..blank(case)
    }
}

/// The outcome of a case in which something else may have caused what was seen: what holds holds, and the rest could not
/// be told.
pub(super) fn excused(outcome: CaseOutcome, reason: &str) -> CaseOutcome {
    let is_certain =
        |own: &CaseVerdict| !matches!(own.verdict, Verdict::Error | Verdict::Fail | Verdict::Warn);
    if outcome.verdicts.iter().all(is_certain) {
        return outcome;
    }
    let undecided =
        |own| CaseVerdict { verdict: Verdict::Inconclusive, because: Some(reason.to_owned()), ..own };
    let excuse = |own: CaseVerdict| if is_certain(&own) { own } else { undecided(own) };
    CaseOutcome {
        verdicts: outcome.verdicts.into_iter().map(excuse).collect(),
        findings: Vec::new(),
        failed_controls: Vec::new(),
        not_run: Some(reason.to_owned()),
        snapshots: Vec::new(),
        ..outcome
    }
}

/// The outcome of a case that does not run, as the plan says.
pub(super) fn not_run(common: &Common<'_>, case: &TestCase, why: &NotRun) -> CaseOutcome {
    let verdict_on = |requirement: &Requirement| match why {
        NotRun::Unattainable(_) => Verdict::Unattainable,
        NotRun::Inconclusive(_) => {
            verdict(CheckOutcome::NotReached, circumstances(common, case, requirement))
        }
    };
    left_out(common, case, why.reason(), verdict_on)
}

/// The outcome of a case that was not begun.
pub(super) fn not_begun(common: &Common<'_>, case: &TestCase, verdict: Verdict, reason: &str) -> CaseOutcome {
    left_out(common, case, reason, |_| verdict)
}

fn left_out(
    common: &Common<'_>,
    case: &TestCase,
    reason: &str,
    verdict_on: impl Fn(&Requirement) -> Verdict,
) -> CaseOutcome {
    let ids = case.requirements();
    let requirements = ids.into_iter().filter_map(|id| requirement(common.registries, case, id));
    let because = || Some(reason.to_owned());
    let verdicts =
        requirements.map(|requirement| plain(requirement, verdict_on(requirement), because())).collect();
    CaseOutcome { verdicts, not_run: because(), ..blank(case) }
}

fn blank(case: &TestCase) -> CaseOutcome {
    CaseOutcome {
        id: case.id.clone(),
        title: case.program.scenario.title.clone(),
        profile: case.profile().to_owned(),
        span: case.program.scenario.span,
        verdicts: Vec::new(),
        findings: Vec::new(),
        failed_controls: Vec::new(),
        not_run: None,
        snapshots: Vec::new(),
        exchanges: Vec::new(),
        disturbances: 0,
        jobs_created: 0,
        duration: Duration::ZERO,
    }
}

fn requirement<'r>(
    registries: &'r [Registry],
    case: &TestCase,
    id: &RequirementId,
) -> Option<&'r Requirement> {
    let registry = registries.iter().find(|registry| registry.profile == case.profile())?;
    registry.requirement(id.as_str())
}

fn plain(requirement: &Requirement, verdict: Verdict, because: Option<String>) -> CaseVerdict {
    CaseVerdict { requirement: requirement.id.clone(), verdict, because, policy: None }
}

/// Why the case as a whole says less than its checks.
fn reason(case: &TestCase, ending: &Ending) -> Option<String> {
    match &ending.stop {
        Some(Stop::Environment(reason) | Stop::Unsupported(reason)) => Some(reason.clone()),
        Some(Stop::Interrupted) => Some("the run was interrupted".to_owned()),
        // Where jobs carry marks, those of the new beginning are told from those before it.
        Some(Stop::Restart) | None if ending.started_over && case.alone => {
            Some("the case started over, and it counts jobs that carry no mark".to_owned())
        }
        Some(Stop::Restart) | None => None,
    }
}

/// The verdict that the end of the case forces on every requirement.
fn overruled(stop: Option<&Stop>, reason: Option<&str>) -> Option<(Verdict, String)> {
    let verdict = match stop {
        Some(Stop::Environment(_)) => Verdict::Error,
        Some(Stop::Unsupported(_)) => Verdict::Unattainable,
        Some(Stop::Interrupted | Stop::Restart) | None => return None,
    };
    reason.map(|reason| (verdict, reason.to_owned()))
}

fn judged(
    common: &Common<'_>,
    case: &TestCase,
    ledger: &Ledger,
    requirement: &Requirement,
    controls: &Controls,
    reason: Option<&str>,
) -> CaseVerdict {
    let entries = entries(case, ledger, &requirement.id);
    let outcome = CheckOutcome::join(entries.iter().map(|entry| outcome(entry)));
    // A reason that concerns the whole case leaves violations standing, but nothing holds any more.
    let outcome =
        if reason.is_some() && outcome == CheckOutcome::Held { CheckOutcome::NotReached } else { outcome };
    let circumstances = Circumstances {
        controls_held: controls.lack.is_none(),
        lenient: entries.iter().any(|entry| entry.warned),
        ..circumstances(common, case, requirement)
    };
    let verdict = verdict(outcome, circumstances);
    let because = match outcome {
        CheckOutcome::Violated => None,
        CheckOutcome::Held if controls.lack.is_some() => controls.lack.clone(),
        CheckOutcome::Held if verdict == Verdict::Unsupported => {
            Some("the capability is declared off, and refused as it should be".to_owned())
        }
        _ => reason.map(str::to_owned).or_else(|| because(&entries, outcome)),
    };
    let policy = policy(common, case, requirement, verdict);
    CaseVerdict { requirement: requirement.id.clone(), verdict, because, policy }
}

fn circumstances(common: &Common<'_>, case: &TestCase, requirement: &Requirement) -> Circumstances {
    let protocol = common.target.protocol(case.profile());
    Circumstances {
        level: requirement.level,
        recorded: protocol.is_some_and(|protocol| requirement.is_recorded(&protocol.policies)),
        controls_held: true,
        declared_off: case.declared_off,
        lenient: false,
    }
}

fn entries<'l>(case: &TestCase, ledger: &'l Ledger, id: &RequirementId) -> Vec<&'l Entry> {
    let checks = case.program.checks.iter().zip(&case.active).zip(&ledger.entries);
    checks
        .filter(|((check, active), _)| **active && check.covers.contains(id))
        .map(|(_, entry)| entry)
        .collect()
}

fn outcome(entry: &Entry) -> CheckOutcome {
    entry.outcome.unwrap_or(CheckOutcome::NotReached)
}

fn because(entries: &[&Entry], wanted: CheckOutcome) -> Option<String> {
    let own = entries.iter().filter(|entry| outcome(entry) == wanted).find_map(|entry| entry.because.clone());
    match wanted {
        CheckOutcome::NotReached => own.or_else(|| Some("the case ended before it was looked at".to_owned())),
        _ => own,
    }
}

/// The policies that had a say in the verdict: all that bear on a requirement that does not pass, and those that the
/// target sets otherwise than the default on one that does.
fn policy(
    common: &Common<'_>,
    case: &TestCase,
    requirement: &Requirement,
    verdict: Verdict,
) -> Option<String> {
    let policies = &common.target.protocol(case.profile())?.policies;
    let registry = common.registries.iter().find(|registry| registry.profile == case.profile())?;
    let named = requirement.policy.iter().filter_map(|name| {
        let (key, value) = (registry.policy(name)?, policies.get(name)?);
        let decided = verdict != Verdict::Pass || value != key.default();
        decided.then(|| format!("{name} = {value}"))
    });
    let named: Vec<String> = named.collect();
    (!named.is_empty()).then(|| named.join(", "))
}
