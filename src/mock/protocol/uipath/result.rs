//! What a finished job gives to its caller: its output, its error, or that it took too long.

use hyper::StatusCode;
use serde_json::{Value, json};

use crate::mock::engine::{Cause, Ending, Job, State};
use crate::mock::policy::{CapOutcome, FaultStatus, OutputStatus};
use crate::mock::server::Exchange;
use crate::mock::server::message::Answer;

pub(super) fn of(exchange: &Exchange<'_>, job: &Job) -> Answer {
    match (&job.order.ending, job.state, job.end_cause()) {
        (_, State::Failed, Some(Cause::Limit)) => too_long(exchange),
        (Ending::Fault(message), State::Failed, _) => fault(exchange, message),
        (Ending::Output(output), State::Done, _) => Answer::json(output_status(exchange), output),
        _ => fault(exchange, "the job was stopped"),
    }
}

fn output_status(exchange: &Exchange<'_>) -> StatusCode {
    match exchange.configuration.policies.output_status {
        OutputStatus::Ok => StatusCode::OK,
        OutputStatus::Created => StatusCode::CREATED,
        OutputStatus::NonAuthoritative => StatusCode::NON_AUTHORITATIVE_INFORMATION,
    }
}

fn fault(exchange: &Exchange<'_>, message: &str) -> Answer {
    let status = match exchange.configuration.policies.fault_status {
        FaultStatus::Ok => StatusCode::OK,
        FaultStatus::BadRequest => StatusCode::BAD_REQUEST,
        FaultStatus::Unprocessable => StatusCode::UNPROCESSABLE_ENTITY,
        FaultStatus::InternalServerError => StatusCode::INTERNAL_SERVER_ERROR,
    };
    Answer::json(status, &error("JobFaulted", message))
}

fn too_long(exchange: &Exchange<'_>) -> Answer {
    let status = match exchange.configuration.policies.cap_outcome {
        CapOutcome::GatewayTimeout => StatusCode::GATEWAY_TIMEOUT,
        CapOutcome::RequestTimeout => StatusCode::REQUEST_TIMEOUT,
        CapOutcome::InternalServerError => StatusCode::INTERNAL_SERVER_ERROR,
    };
    Answer::json(status, &error("JobTimedOut", "the job reached the longest duration of this mode"))
}

fn error(code: &str, message: &str) -> Value {
    json!({ "error": { "code": code, "message": message } })
}
