//! What changes from run to run, in the form of the report.

use crate::outcome::{CaseOutcome, Recorded, RecordedAnswer, RecordedExchange, RunOutcome};
use crate::report::json::form::{
    Contents, Course, Exchange, Message, Response, Texts, Volatile, milliseconds,
};

pub(super) fn volatile(outcome: &RunOutcome) -> Volatile {
    Volatile {
        started: outcome.volatile.started,
        duration_ms: milliseconds(outcome.volatile.duration),
        seed: outcome.volatile.seed,
        rerun: outcome.volatile.rerun.clone(),
        bases: outcome.target.bases.clone(),
        because: outcome.gate.because.clone(),
        cases: outcome.cases.iter().map(|case| (case.id.clone(), course(case))).collect(),
        evidence: outcome.cases.iter().map(|case| (case.id.clone(), exchanges(case))).collect(),
    }
}

pub(in crate::report) fn course(case: &CaseOutcome) -> Course {
    let texts = case.findings.iter().map(|finding| Texts {
        expected: finding.expected.clone(),
        actual: finding.actual.clone(),
        exchange: finding.exchange,
    });
    let contents = case.snapshots.iter().map(|snapshot| Contents {
        name: snapshot.name.clone(),
        taken: snapshot.content.clone(),
        stored: snapshot.stored.clone(),
    });
    Course {
        duration_ms: milliseconds(case.duration),
        disturbances: case.disturbances,
        jobs_created: case.jobs_created,
        because: case.not_run.clone(),
        reasons: case.verdicts.iter().map(|verdict| verdict.because.clone()).collect(),
        findings: texts.collect(),
        snapshots: contents.collect(),
    }
}

pub(in crate::report) fn exchanges(case: &CaseOutcome) -> Vec<Exchange> {
    case.exchanges.iter().map(exchange).collect()
}

fn exchange(exchange: &RecordedExchange) -> Exchange {
    let (response, no_answer) = match &exchange.answer {
        RecordedAnswer::Response { status, message } => (Some(response(*status, message)), None),
        RecordedAnswer::None(reason) => (None, Some(reason.clone())),
    };
    Exchange {
        step: exchange.step.clone(),
        principal: exchange.principal.clone(),
        method: exchange.method.clone(),
        url: exchange.url.clone(),
        request: message(&exchange.request),
        response,
        no_answer,
        sent_ms: milliseconds(exchange.sent),
        first_byte_ms: exchange.first_byte.map(milliseconds),
        complete_ms: milliseconds(exchange.complete),
        note: exchange.note.clone(),
        oddities: exchange.oddities.clone(),
    }
}

fn message(message: &Recorded) -> Message {
    let Recorded { headers, body, body_length } = message.clone();
    Message { headers, body, body_length }
}

fn response(status: u16, message: &Recorded) -> Response {
    let Recorded { headers, body, body_length } = message.clone();
    Response { status, headers, body, body_length }
}
