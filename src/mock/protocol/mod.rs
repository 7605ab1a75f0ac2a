//! The two protocols on one engine: a request becomes a decision, a job becomes an answer. Nothing here waits.

pub(in crate::mock) mod elma;
mod refusal;
pub(in crate::mock) mod uipath;

use hyper::StatusCode;
use serde_json::json;

pub(crate) use refusal::Refusal;

use crate::mock::defect::Patience;
use crate::mock::server::message::{Answer, Request};
use crate::mock::server::{Exchange, World};

/// What a call is about, known from its path alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operation {
    /// Create a task.
    Create,
    /// Read a task.
    Status,
    /// Cancel a task.
    Cancel,
    /// Fetch a file of a completed task.
    Download,
    /// Start a job by its trigger.
    Invoke,
    /// Ask whether an asynchronous job has ended.
    Poll,
    /// Wait on for a job after a redirect.
    Wait,
    /// Fetch the result of an asynchronous job.
    Output,
}

impl Operation {
    fn is_elma(self) -> bool {
        matches!(self, Self::Create | Self::Status | Self::Cancel | Self::Download)
    }
}

/// The operation at this path, whatever the method.
pub(super) fn route(request: &Request) -> Option<Operation> {
    elma::route(&request.path).or_else(|| uipath::route(&request.path))
}

pub(super) fn unknown_route(request: &Request) -> Answer {
    let message = format!("nothing is served at {}", request.path);
    Answer::json(StatusCode::NOT_FOUND, &json!({ "errorCode": 1623, "message": message }))
}

/// Carries out what the call asks for, or says why not.
pub(super) fn accept(exchange: &mut Exchange<'_>, world: &mut World) -> Result<Patience, Refusal> {
    if exchange.operation.is_elma() { elma::accept(exchange, world) } else { uipath::accept(exchange, world) }
}

/// The answer of an accepted call.
pub(super) fn conclude(exchange: &Exchange<'_>, world: &World) -> Result<Answer, Refusal> {
    if exchange.operation.is_elma() {
        elma::conclude(exchange, world)
    } else {
        uipath::conclude(exchange, world)
    }
}

/// The answer of a refused call.
pub(super) fn refuse(exchange: &Exchange<'_>, refusal: Refusal) -> Answer {
    if exchange.operation.is_elma() {
        elma::refuse(exchange, refusal)
    } else {
        uipath::refuse(exchange, refusal)
    }
}
