//! Courses to outcomes: what each rule found becomes a verdict, a finding and a line of the table.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;

use super::situation::{Conduct, Situation};
use crate::mock::Fault;
use crate::outcome::verdict::{Circumstances, roll_up, verdict};
use crate::outcome::{
    CLIENT, CaseOutcome, CaseVerdict, CheckOutcome, Finding, Recorded, RecordedAnswer, RecordedExchange,
    RequirementOutcome, RunOutcome, Selection, TargetSummary, Verdict, Volatile,
    baseline::{self, Baseline},
    gate, signature, totals,
};
use crate::requirement::{Level, RequirementId};
use crate::rule::course::{Course, Exchange, Report};
use crate::rule::{Judgement, RULES, Rule};
use crate::source::Span;

/// What came of one situation.
#[derive(Debug, Clone)]
pub struct Judged {
    /// As reports show it.
    pub case: CaseOutcome,
    /// How often each rule had something to look at, by its id.
    pub exercised: BTreeMap<&'static str, u64>,
}

/// What is known of a run besides what was judged.
#[derive(Debug, Clone)]
pub struct Suite {
    /// Digest over all situations.
    pub digest: String,
    /// The client, by its command line.
    pub target: TargetSummary,
    /// What was asked for.
    pub selection: Selection,
    /// What is known to fail.
    pub baseline: Option<Baseline>,
    /// What closes the gate.
    pub options: gate::Options,
    /// What a repetition needs besides the names of situations.
    pub rerun: Vec<String>,
    /// When it began.
    pub started: Timestamp,
    /// How long it took.
    pub duration: Duration,
}

/// Judges one course; `stopped` says why the client was not left to end by itself.
pub fn judge(situation: &Situation, course: &Course, stopped: Option<String>, duration: Duration) -> Judged {
    let mut found = Vec::new();
    for rule in &RULES {
        let judgement = (rule.judge)(course);
        let bound = situation.exercises.iter().any(|own| own.id == rule.id);
        if (bound && is_binding(rule)) || judgement.outcome() != CheckOutcome::Vacuous {
            found.push((rule, judgement));
        }
    }
    let because = unexercised(situation, course);
    let silent = silent_fault(situation, course).is_some();
    let case = CaseOutcome {
        id: situation.id.clone(),
        title: situation.title.clone(),
        profile: situation.task.action.profile().to_owned(),
        span: situation.span,
        verdicts: found
            .iter()
            .map(|(rule, judgement)| verdict_of(rule, outcome_of(judgement, silent), &because))
            .collect(),
        findings: found
            .iter()
            .filter_map(|(rule, judgement)| finding((situation.span, &course.exchanges), rule, judgement))
            .collect(),
        failed_controls: Vec::new(),
        not_run: stopped,
        snapshots: Vec::new(),
        exchanges: course.exchanges.iter().map(recorded).collect(),
        disturbances: count(course.exchanges.iter().filter(|own| own.fault.is_some()).count()),
        jobs_created: count(jobs(course)),
        duration,
    };
    Judged { case, exercised: found.iter().map(|(rule, own)| (rule.id, own.exercised)).collect() }
}

/// What is only recorded is not missed where there was nothing to record.
pub(super) fn is_binding(rule: &Rule) -> bool {
    rule.level.is_must() || rule.level.is_should()
}

/// All situations as one run.
pub fn conclude(judged: &[Judged], suite: Suite) -> RunOutcome {
    let mut cases: Vec<CaseOutcome> = judged.iter().map(|own| own.case.clone()).collect();
    cases.sort_by(|one, other| one.id.cmp(&other.id));
    let requirements: Vec<RequirementOutcome> = RULES.iter().filter_map(|rule| row(rule, &cases)).collect();
    let baseline = suite.baseline.as_ref().map(|known| baseline::judge(known, &cases));
    let gate = gate::close(&cases, &requirements, baseline.as_ref(), &suite.options);
    RunOutcome {
        suite_digest: suite.digest,
        target: suite.target,
        selection: suite.selection,
        counts: totals::counts(&requirements, &cases),
        gate,
        baseline,
        requirements,
        cases,
        unreferenced: Vec::new(),
        interrupted: suite.options.interrupted,
        volatile: Volatile { started: suite.started, duration: suite.duration, seed: 0, rerun: suite.rerun },
    }
}

/// The roll-up of a rule over the situations that exercise it; a rule that none of these does is not spoken of.
fn row(rule: &Rule, cases: &[CaseOutcome]) -> Option<RequirementOutcome> {
    let id = RequirementId::new(rule.id);
    let citing: Vec<(&CaseOutcome, Verdict)> =
        cases.iter().filter_map(|case| Some((case, case.verdict_on(&id)?))).collect();
    (!citing.is_empty()).then(|| RequirementOutcome {
        profile: CLIENT.to_owned(),
        level: level(rule, &citing),
        statement: format!("{} ({})", rule.statement.trim_end_matches('.'), rule.clauses.join(", ")),
        untested: None,
        verdict: roll_up(citing.iter().map(|(_, verdict)| *verdict)),
        cases: citing.iter().map(|(case, _)| case.id.clone()).collect(),
        id,
    })
}

/// A mock that is strict makes a violation of what is only recorded elsewhere.
fn level(rule: &Rule, citing: &[(&CaseOutcome, Verdict)]) -> Level {
    let fails = citing.iter().any(|(_, verdict)| *verdict == Verdict::Fail);
    if fails && !rule.level.is_must() { Level::Must } else { rule.level }
}

/// What a rule came to. Where a fault of the situation met no call, nobody knows what the client would have done.
fn outcome_of(judgement: &Judgement, is_fault_silent: bool) -> CheckOutcome {
    match judgement.outcome() {
        CheckOutcome::Held if is_fault_silent => CheckOutcome::Vacuous,
        outcome => outcome,
    }
}

fn verdict_of(rule: &Rule, outcome: CheckOutcome, unexercised: &str) -> CaseVerdict {
    let circumstances = Circumstances {
        level: rule.level,
        recorded: false,
        controls_held: true,
        declared_off: false,
        lenient: false,
    };
    let untold = matches!(outcome, CheckOutcome::Vacuous | CheckOutcome::NotReached);
    CaseVerdict {
        requirement: RequirementId::new(rule.id),
        verdict: verdict(outcome, circumstances),
        because: untold.then(|| unexercised.to_owned()),
        policy: None,
    }
}

/// Why a rule that should have had something to look at had nothing.
fn unexercised(situation: &Situation, course: &Course) -> String {
    match (silent_fault(situation, course), course.exchanges.is_empty()) {
        _ if course.end.report == Report::Stopped => {
            "the client was stopped before it could be told".to_owned()
        }
        (_, true) => "the client made no request".to_owned(),
        (Some(fault), _) => format!("the client did not come as far as the disturbance {:?}", fault.name()),
        (None, _) => "the client did not come so far".to_owned(),
    }
}

/// A fault that was to meet a call and has met none.
fn silent_fault<'s>(situation: &'s Situation, course: &Course) -> Option<&'s Fault> {
    let fired = |name: &str| course.exchanges.iter().any(|exchange| exchange.fault.as_deref() == Some(name));
    let mut due =
        situation.setting.faults.rules().iter().filter(|rule| rule.ends_calls() && !rule.is_optional());
    due.find(|rule| !fired(rule.name()))
}

/// One finding a rule: the first deviation shows it, the others are counted.
pub(super) fn finding(
    (span, exchanges): (Span, &[Exchange]),
    rule: &Rule,
    judgement: &Judgement,
) -> Option<Finding> {
    let deviation = judgement.deviations.first()?;
    let clauses = rule.clauses.iter().filter(|clause| !clause.starts_with("AMB-"));
    let requirements: Vec<RequirementId> =
        [rule.id].iter().chain(clauses).map(|id| RequirementId::new(id)).collect();
    let step = format!("{} of the journal; way out: {}", deviation.exchange, rule.fix);
    let more = judgement.deviations.len() - 1;
    let actual = match more {
        0 => deviation.actual.clone(),
        more => format!("{} (and {more} more of {})", deviation.actual, judgement.exercised),
    };
    let (place, expected) = (deviation.place.to_owned(), deviation.expected.clone());
    Some(Finding {
        signature: signature::of(&requirements, rule.id, &place, &expected, &deviation.actual),
        exchange: exchanges.iter().position(|own| own.number == deviation.exchange),
        span,
        requirements,
        step,
        place,
        expected,
        actual,
    })
}

pub(super) fn recorded(exchange: &Exchange) -> RecordedExchange {
    let message = |headers: &[(String, String)], body: &str, length| Recorded {
        headers: headers.to_vec(),
        body: body.to_owned(),
        body_length: length,
    };
    let answer = match &exchange.answer {
        Some(answer) => RecordedAnswer::Response {
            status: answer.status,
            message: message(&answer.headers, &answer.body, answer.length),
        },
        None => RecordedAnswer::None("no byte of an answer was sent".to_owned()),
    };
    RecordedExchange {
        step: format!("{} of the journal", exchange.number),
        principal: CLIENT.to_owned(),
        method: exchange.method.clone(),
        url: exchange.url().map_or_else(|| exchange.target.clone(), ToString::to_string),
        request: message(&exchange.headers, &exchange.body, exchange.length),
        answer,
        sent: exchange.at,
        first_byte: exchange.answered,
        complete: exchange.answered.unwrap_or(exchange.at),
        note: exchange.fault.as_ref().map(|name| format!("disturbed: {name}")),
        oddities: Vec::new(),
    }
}

fn jobs(course: &Course) -> usize {
    let jobs: std::collections::BTreeSet<u64> = course.here().filter_map(|exchange| exchange.job).collect();
    jobs.len()
}

pub(super) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Whether a client ended as a right one does.
pub fn ended_right(situation: &Situation, course: &Course) -> bool {
    match (situation.client, course.end.report) {
        (_, Report::Stopped | Report::Unseen) => false,
        (Conduct::Either, _) => true,
        (Conduct::Success, report) => report == Report::Success,
        (Conduct::Failure, report) => report == Report::Failure,
    }
}
