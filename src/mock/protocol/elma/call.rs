//! One call of the task queue: accepted, answered or refused, always in an envelope.

use hyper::header::{ALLOW, WWW_AUTHENTICATE};
use hyper::{Method, StatusCode};
use serde_json::{Value, json};

use super::{body, download, record, task};
use crate::mock::configuration::Configuration;
use crate::mock::defect::Patience;
use crate::mock::engine::Job;
use crate::mock::policy::{EnvelopeCode, HttpStatus};
use crate::mock::protocol::{Operation, Refusal};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

/// Where the operations are.
pub(in crate::mock::protocol) const ROUTES: [(&str, Operation); 4] = [
    ("/v1/orchestra/task/create", Operation::Create),
    ("/v1/orchestra/task/status", Operation::Status),
    ("/v1/orchestra/task/cancel", Operation::Cancel),
    ("/v1/repository/task/download", Operation::Download),
];

pub(in crate::mock::protocol) fn route(path: &str) -> Option<Operation> {
    ROUTES.iter().find(|(own, _)| *own == path).map(|(_, operation)| *operation)
}

pub(in crate::mock::protocol) fn accept(
    exchange: &mut Exchange<'_>,
    world: &mut World,
) -> Result<Patience, Refusal> {
    exchange.demand(exchange.request.method == Method::POST, Refusal::WrongMethod("POST"))?;
    let body = body::read(exchange)?;
    let system = body::authenticate(exchange, &body)?;
    match exchange.operation {
        Operation::Create => task::create(exchange, world, &body, &system)?,
        Operation::Cancel => task::cancel(exchange, world, &body, &system)?,
        Operation::Download => download::find(exchange, world, &body, &system)?,
        _ => task::find(exchange, world, &body, &system)?,
    }
    Ok(Patience::none(exchange.now))
}

pub(in crate::mock::protocol) fn conclude(exchange: &Exchange<'_>, world: &World) -> Result<Answer, Refusal> {
    let job = exchange.view(world).ok_or(Refusal::UnknownJob)?;
    if exchange.operation == Operation::Download {
        return download::send(exchange, &job);
    }
    let code = envelope_code(exchange.configuration, &job);
    let task = record::of(exchange.configuration, &job);
    let body = json!({ "status": code.as_u16(), "task": task });
    Ok(envelope(exchange.configuration, code, &body))
}

pub(in crate::mock::protocol) fn refuse(exchange: &Exchange<'_>, refusal: Refusal) -> Answer {
    let policies = &exchange.configuration.policies;
    if let Some(answer) = refusal.foreign_form(policies) {
        return excused(answer, refusal);
    }
    let code = refusal.status(policies.client_mistake);
    let body = json!({ "status": code.as_u16(), "ErrorMessage": refusal.message() });
    match refusal {
        Refusal::WrongMethod(_) => excused(Answer::json(code, &body), refusal),
        _ => excused(envelope(exchange.configuration, code, &body), refusal),
    }
}

/// The headers that HTTP demands of some refusals.
fn excused(answer: Answer, refusal: Refusal) -> Answer {
    match (answer.status, refusal) {
        (StatusCode::UNAUTHORIZED, _) => answer.with(WWW_AUTHENTICATE, "auth_tkn"),
        (_, Refusal::WrongMethod(allow)) => answer.with(ALLOW, allow),
        (StatusCode::METHOD_NOT_ALLOWED, _) => answer.with(ALLOW, "POST"),
        _ => answer,
    }
}

fn envelope(configuration: &Configuration, code: StatusCode, body: &Value) -> Answer {
    let status = match configuration.policies.http_status {
        HttpStatus::Always200 => StatusCode::OK,
        HttpStatus::Mirror => code,
    };
    Answer::json(status, body)
}

fn envelope_code(configuration: &Configuration, job: &Job) -> StatusCode {
    let waiting = record::shown_state(configuration, job).is_waiting();
    match configuration.policies.envelope_code {
        EnvelopeCode::AsPrinted if waiting => StatusCode::CREATED,
        EnvelopeCode::AsPrinted | EnvelopeCode::Always200 => StatusCode::OK,
        EnvelopeCode::Always201 => StatusCode::CREATED,
        EnvelopeCode::Always202 => StatusCode::ACCEPTED,
    }
}
