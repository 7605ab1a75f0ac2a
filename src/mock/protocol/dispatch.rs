//! Which protocol a call belongs to.

use std::sync::Arc;

use hyper::StatusCode;
use serde_json::json;

use super::{Operation, Refusal, elma, uipath};
use crate::diagnostic::nearest;
use crate::mock::configuration::Configuration;
use crate::mock::defect::Patience;
use crate::mock::engine::JobKey;
use crate::mock::server::message::{Answer, Request};
use crate::mock::server::{Exchange, World};

/// The operation at this path, whatever the method.
pub(in crate::mock) fn route(request: &Request) -> Option<Operation> {
    elma::route(&request.path).or_else(|| uipath::route(request))
}

pub(in crate::mock) fn unknown_route(request: &Request) -> Answer {
    let message = format!("nothing is served at {}", request.path);
    Answer::json(StatusCode::NOT_FOUND, &json!({ "errorCode": 1623, "message": message }))
}

/// The path that somebody may have meant who asked for one at which nothing is served.
pub(in crate::mock) fn nearest_route(configuration: &Configuration, request: &Request) -> String {
    let triggers = configuration.fixtures.triggers.iter().map(|own| format!("{}{}", uipath::BASE, own.name));
    let routes = elma::ROUTES.iter().map(|(path, _)| (*path).to_owned());
    let paths: Vec<String> = routes.chain(triggers).collect();
    match nearest(&request.path, paths.iter().map(String::as_str)) {
        Some(path) => format!("nothing is served at {}; the nearest path is {path}", request.path),
        None => format!("nothing is served at {}", request.path),
    }
}

/// The job that a call names, if there is one.
pub(in crate::mock) fn job_of(world: &World, operation: Operation, request: &Request) -> Option<JobKey> {
    if operation.is_elma() { elma::job_of(world, request) } else { uipath::job_of(world, request) }
}

/// Whether the job that a call names is there, or was before it was forgotten.
pub(in crate::mock) fn was_there(world: &World, operation: Operation, request: &Request) -> bool {
    let name = if operation.is_elma() { elma::job_name(request) } else { uipath::job_name(request) };
    job_of(world, operation, request).is_some() || name.is_none_or(|name| world.forgotten.may_hold(&name))
}

/// The process or trigger whose job a call would start, if it names one.
pub(in crate::mock) fn fixture_of(
    configuration: &Configuration,
    operation: Operation,
    request: &Request,
) -> Option<Arc<str>> {
    let fixtures = &configuration.fixtures;
    if operation.is_elma() {
        elma::process_of(fixtures, request)
    } else {
        uipath::trigger_of(fixtures, request)
    }
}

/// Carries out what the call asks for, or says why not.
pub(in crate::mock) fn accept(exchange: &mut Exchange<'_>, world: &mut World) -> Result<Patience, Refusal> {
    if exchange.operation.is_elma() { elma::accept(exchange, world) } else { uipath::accept(exchange, world) }
}

/// The answer of an accepted call.
pub(in crate::mock) fn conclude(exchange: &Exchange<'_>, world: &World) -> Result<Answer, Refusal> {
    if exchange.operation.is_elma() {
        elma::conclude(exchange, world)
    } else {
        uipath::conclude(exchange, world)
    }
}

/// The answer of a refused call.
pub(in crate::mock) fn refuse(exchange: &Exchange<'_>, refusal: Refusal) -> Answer {
    if exchange.operation.is_elma() {
        elma::refuse(exchange, refusal)
    } else {
        uipath::refuse(exchange, refusal)
    }
}
