//! Sessions of a mock that clients worked with as they liked: what could be told of them, each as a case of a run.

use std::time::Duration;

use super::judge::{Judged, count, finding, is_binding, recorded};
use crate::mock::{RuleVerdict, Verdicts};
use crate::outcome::{CaseOutcome, CaseVerdict, Verdict};
use crate::requirement::RequirementId;
use crate::source::Span;

/// A session that has ended.
#[derive(Debug)]
pub struct Watched {
    /// Its name.
    pub name: String,
    /// The verdicts on its clients.
    pub verdicts: Verdicts,
    /// What stands for it in reports.
    pub span: Span,
}

/// Every session as a case. A report speaks of the rules that were exercised; where none of weight was in any session,
/// nothing is known, and all of them say so.
pub fn judged(sessions: &[Watched]) -> Vec<Judged> {
    let weighs = |own: &RuleVerdict| own.is_told() && is_binding(own.rule);
    let told = sessions.iter().flat_map(|session| &session.verdicts.rules).any(weighs);
    sessions.iter().map(|session| judge(session, told)).collect()
}

fn judge(session: &Watched, told: bool) -> Judged {
    let Watched { name, verdicts, span } = session;
    let is_spoken = |own: &&RuleVerdict| own.is_told() || (!told && is_binding(own.rule));
    let spoken: Vec<&RuleVerdict> = verdicts.rules.iter().filter(is_spoken).collect();
    let found = |own: &&RuleVerdict| finding((*span, &verdicts.shown), own.rule, &own.judgement);
    let case = CaseOutcome {
        id: format!("mock/{name}"),
        title: format!("What the clients of the session {name} did."),
        profile: "client".to_owned(),
        span: *span,
        verdicts: spoken.iter().map(|own| verdict(own, verdicts)).collect(),
        findings: spoken.iter().filter_map(found).collect(),
        failed_controls: Vec::new(),
        not_run: None,
        snapshots: Vec::new(),
        exchanges: verdicts.shown.iter().map(recorded).collect(),
        disturbances: count(verdicts.shown.iter().filter(|own| own.fault.is_some()).count()),
        jobs_created: count(verdicts.jobs),
        duration: Duration::ZERO,
    };
    Judged { case, exercised: spoken.iter().map(|own| (own.rule.id, own.judgement.exercised)).collect() }
}

fn verdict(own: &RuleVerdict, verdicts: &Verdicts) -> CaseVerdict {
    let inconclusive = own.verdict == Verdict::Inconclusive;
    let reason = || verdicts.because.first().cloned().or_else(|| own.because().map(str::to_owned));
    CaseVerdict {
        requirement: RequirementId::new(own.rule.id),
        verdict: own.verdict,
        because: inconclusive.then(reason).flatten(),
        policy: None,
    }
}
