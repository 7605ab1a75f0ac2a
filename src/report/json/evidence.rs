//! The part of the JSON report that changes from run to run: times, seeds, exchanges, the exact texts of findings.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;

use crate::outcome::{CaseOutcome, Recorded, RecordedAnswer, RecordedExchange, RunOutcome, SnapshotState};

#[derive(Serialize)]
pub(in crate::report) struct Volatile<'a> {
    started: String,
    duration_ms: f64,
    seed: u64,
    rerun: &'a [String],
    bases: &'a BTreeMap<String, String>,
    cases: BTreeMap<&'a str, Course<'a>>,
    evidence: BTreeMap<&'a str, Vec<Exchange<'a>>>,
}

/// How one case went.
#[derive(Serialize)]
pub(in crate::report) struct Course<'a> {
    duration_ms: f64,
    disturbances: u32,
    jobs_created: u32,
    findings: Vec<Texts<'a>>,
    snapshots: Vec<Contents<'a>>,
}

/// The exact texts of a finding; in the order of the case's `findings`.
#[derive(Serialize)]
struct Texts<'a> {
    expected: &'a str,
    actual: &'a str,
    exchange: Option<usize>,
}

#[derive(Serialize)]
struct Contents<'a> {
    name: &'a str,
    taken: &'a str,
    stored: Option<&'a str>,
}

#[derive(Serialize)]
pub(in crate::report) struct Exchange<'a> {
    step: &'a str,
    principal: &'a str,
    method: &'a str,
    url: &'a str,
    request: Message<'a>,
    response: Option<Response<'a>>,
    no_answer: Option<&'a str>,
    sent_ms: f64,
    first_byte_ms: Option<f64>,
    complete_ms: f64,
    note: Option<&'a str>,
    oddities: &'a [String],
}

#[derive(Serialize)]
struct Message<'a> {
    headers: &'a [(String, String)],
    body: &'a str,
    body_length: usize,
}

#[derive(Serialize)]
struct Response<'a> {
    status: u16,
    #[serde(flatten)]
    message: Message<'a>,
}

pub(in crate::report) fn volatile(outcome: &RunOutcome) -> Volatile<'_> {
    Volatile {
        started: outcome.volatile.started.to_string(),
        duration_ms: milliseconds(outcome.volatile.duration),
        seed: outcome.volatile.seed,
        rerun: &outcome.volatile.rerun,
        bases: &outcome.target.bases,
        cases: outcome.cases.iter().map(|case| (case.id.as_str(), course(case))).collect(),
        evidence: outcome.cases.iter().map(|case| (case.id.as_str(), exchanges(case))).collect(),
    }
}

pub(in crate::report) fn course(case: &CaseOutcome) -> Course<'_> {
    let texts = case.findings.iter().map(|finding| Texts {
        expected: &finding.expected,
        actual: &finding.actual,
        exchange: finding.exchange,
    });
    let changed = case.snapshots.iter().filter(|snapshot| snapshot.state != SnapshotState::Same);
    let contents = changed.map(|snapshot| Contents {
        name: &snapshot.name,
        taken: &snapshot.content,
        stored: snapshot.stored.as_deref(),
    });
    Course {
        duration_ms: milliseconds(case.duration),
        disturbances: case.disturbances,
        jobs_created: case.jobs_created,
        findings: texts.collect(),
        snapshots: contents.collect(),
    }
}

pub(in crate::report) fn exchanges(case: &CaseOutcome) -> Vec<Exchange<'_>> {
    case.exchanges.iter().map(exchange).collect()
}

fn exchange(exchange: &RecordedExchange) -> Exchange<'_> {
    let (response, no_answer) = match &exchange.answer {
        RecordedAnswer::Response { status, message } => {
            (Some(Response { status: *status, message: mirrored(message) }), None)
        }
        RecordedAnswer::None(reason) => (None, Some(reason.as_str())),
    };
    Exchange {
        step: &exchange.step,
        principal: &exchange.principal,
        method: &exchange.method,
        url: &exchange.url,
        request: mirrored(&exchange.request),
        response,
        no_answer,
        sent_ms: milliseconds(exchange.sent),
        first_byte_ms: exchange.first_byte.map(milliseconds),
        complete_ms: milliseconds(exchange.complete),
        note: exchange.note.as_deref(),
        oddities: &exchange.oddities,
    }
}

fn mirrored(message: &Recorded) -> Message<'_> {
    let Recorded { headers, body, body_length } = message;
    Message { headers, body, body_length: *body_length }
}

/// Milliseconds with the microseconds behind the point.
pub(in crate::report) fn milliseconds(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1_000_000.0).round() / 1_000.0
}
