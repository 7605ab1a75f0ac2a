//! What a call names, whether it may or not: for those who watch calls and do not carry them out.

use std::sync::Arc;

use serde_json::Value;

use crate::mock::engine::JobKey;
use crate::mock::fixture::Fixtures;
use crate::mock::server::World;
use crate::mock::server::message::Request;

/// The task that a call names as `id` or `taskid`, by number or by its digits.
pub(in crate::mock::protocol) fn job_of(world: &World, request: &Request) -> Option<JobKey> {
    world.engine.find(number(request)?)
}

/// What stands for a task in the body of a call.
pub(in crate::mock::protocol) fn job_name(request: &Request) -> Option<String> {
    number(request).map(|number| number.to_string())
}

fn number(request: &Request) -> Option<u64> {
    let body = body(request);
    let id = body.get("id").or_else(|| body.get("taskid"))?;
    id.as_u64().or_else(|| id.as_str()?.parse().ok())
}

/// The process that a call would create a task for.
pub(in crate::mock::protocol) fn process_of(fixtures: &Fixtures, request: &Request) -> Option<Arc<str>> {
    let body = body(request);
    let uuid = body.pointer("/task/process")?.as_str()?;
    let process = fixtures.processes.iter().find(|own| own.uuid.eq_ignore_ascii_case(uuid))?;
    Some(process.name.clone())
}

fn body(request: &Request) -> Value {
    serde_json::from_slice(&request.body).unwrap_or_default()
}
