//! One call about a trigger or a job: accepted, answered or refused.

use hyper::header::{ALLOW, WWW_AUTHENTICATE};
use hyper::{Method, StatusCode};
use serde::Serialize;
use serde_json::json;

use super::reference::{self, Door};
use super::{bearer, follow, invoke, result};
use crate::mock::defect::Patience;
use crate::mock::engine::State;
use crate::mock::fixture::Mode;
use crate::mock::policy::{AcceptedBody, FnfBody, RunningBody};
use crate::mock::protocol::{Operation, Refusal};
use crate::mock::server::message::{Answer, Request};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::protocol) fn route(request: &Request) -> Option<Operation> {
    match reference::door(request) {
        Some((Door::Status, _)) => Some(Operation::Poll),
        Some((Door::Wait, _)) => Some(Operation::Wait),
        Some((Door::Output, _)) => Some(Operation::Output),
        None => reference::trigger(&request.path).map(|_| Operation::Invoke),
    }
}

pub(in crate::mock::protocol) fn accept(
    exchange: &mut Exchange<'_>,
    world: &mut World,
) -> Result<Patience, Refusal> {
    if exchange.operation == Operation::Invoke {
        return invoke::invoke(exchange, world);
    }
    exchange.demand(exchange.request.method == Method::GET, Refusal::WrongMethod("GET"))?;
    bearer::may_follow(exchange)?;
    follow::find(exchange, world)
}

pub(in crate::mock::protocol) fn conclude(exchange: &Exchange<'_>, world: &World) -> Result<Answer, Refusal> {
    let job = exchange.view(world).ok_or(Refusal::UnknownJob)?;
    let answer = match (exchange.operation, exchange.mode) {
        (Operation::Invoke, Some(Mode::AsyncRequestReply)) => {
            reference::located(accepted(exchange), &reference::status_reference(exchange, &job))
        }
        (Operation::Invoke, Some(Mode::FireAndForget)) => forgotten(exchange),
        (Operation::Poll, _) if job.state.is_final() => {
            reference::redirect(exchange, &reference::output_reference(exchange, &job))
        }
        (Operation::Poll, _) => running(exchange, job.state),
        (Operation::Output, _) => result::of(exchange, &job),
        _ if job.state.is_final() => result::of(exchange, &job),
        _ => reference::redirect(exchange, &reference::wait_reference(exchange, &job)),
    };
    Ok(answer.unstored())
}

pub(in crate::mock::protocol) fn refuse(exchange: &Exchange<'_>, refusal: Refusal) -> Answer {
    let policies = &exchange.configuration.policies;
    let status = refusal.status(policies.client_mistake);
    let body = json!({ "errorCode": error_code(refusal), "message": refusal.message() });
    let answer = refusal.foreign_form(policies).unwrap_or_else(|| Answer::json(status, &body));
    let answer = answer.unstored();
    match (refusal, status) {
        (Refusal::WrongMethod(allow), _) => answer.with(ALLOW, allow),
        (_, StatusCode::UNAUTHORIZED) => answer.with(WWW_AUTHENTICATE, "Bearer"),
        (_, StatusCode::METHOD_NOT_ALLOWED) => answer.with(ALLOW, "GET, POST, PUT, DELETE"),
        _ => answer,
    }
}

fn accepted(exchange: &Exchange<'_>) -> Answer {
    match exchange.configuration.policies.accepted_body {
        AcceptedBody::Empty => Answer::empty(StatusCode::ACCEPTED),
        AcceptedBody::State => {
            Answer::json(StatusCode::ACCEPTED, &Progress { state: progress(State::Queued) })
        }
    }
}

fn running(exchange: &Exchange<'_>, state: State) -> Answer {
    match exchange.configuration.policies.running_body {
        RunningBody::State => Answer::json(StatusCode::OK, &Progress { state: progress(state) }),
        RunningBody::Empty => Answer::empty(StatusCode::OK),
        RunningBody::Null => Answer::json(StatusCode::OK, &json!(null)),
        RunningBody::Text => Answer::text(StatusCode::OK, "text/plain", progress(state)),
    }
}

fn forgotten(exchange: &Exchange<'_>) -> Answer {
    match exchange.configuration.policies.fnf_body {
        FnfBody::Empty => Answer::empty(StatusCode::OK),
        FnfBody::Object => Answer::json(StatusCode::OK, &json!({})),
        FnfBody::Null => Answer::json(StatusCode::OK, &json!(null)),
    }
}

/// The body of nearly every answer to a poll.
#[derive(Serialize)]
struct Progress {
    state: &'static str,
}

fn progress(state: State) -> &'static str {
    if state.is_waiting() { "Pending" } else { "Running" }
}

fn error_code(refusal: Refusal) -> u32 {
    match refusal {
        Refusal::Malformed(_) | Refusal::UnknownMode => 1000,
        Refusal::UnknownJob => 1002,
        _ => 1623,
    }
}
