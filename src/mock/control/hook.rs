//! The operations of a hook message, one line each.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value, json};

use super::selection::{self, Selection};
use super::time::Until;
use crate::clock::parse_duration;
use crate::mock::configuration::Configuration;
use crate::mock::engine::State;
use crate::mock::server::{Shared, World};

/// What a hook answers, without the message's id.
pub(super) fn carry_out(shared: &Shared, message: &Map<String, Value>) -> Value {
    if !shared.configuration().hooks {
        return unsupported();
    }
    if message.get("op").and_then(Value::as_str) == Some("reset") {
        shared.reset();
        return json!({ "ok": true });
    }
    let mut world = shared.lock();
    let now = shared.now();
    world.advance(now);
    let reply = operate((shared.configuration(), &offered(shared)), &mut world, now, message);
    world.notify();
    reply
}

fn operate(
    (configuration, offered): (&Configuration, &[&str]),
    world: &mut World,
    now: Duration,
    message: &Map<String, Value>,
) -> Value {
    let reply = match message.get("op").and_then(Value::as_str) {
        Some("hello") => Ok(json!({ "ok": true, "ops": offered })),
        Some("bye") => Ok(json!({ "ok": true })),
        Some(op) if OPERATIONS.contains(&op) => selection::read(configuration, world, message)
            .and_then(|selection| steer(world, now, op, &selection)),
        _ => return unsupported(),
    };
    reply.unwrap_or_else(|error| json!({ "ok": false, "error": error }))
}

const OPERATIONS: [&str; 8] = ["hello", "hold", "release", "fail", "count", "inspect", "reset", "bye"];

/// Moving the clock is offered where it can be moved.
fn offered(shared: &Shared) -> Vec<&'static str> {
    let advance = Some(ADVANCE).filter(|_| shared.clock().moves_in_steps());
    OPERATIONS.into_iter().chain(advance).collect()
}

/// The operation that moves the clock, and so takes time: it is not for [`carry_out`].
pub(super) const ADVANCE: &str = "advance";

/// How far a message wants the clock to be moved.
pub(super) fn until(shared: &Shared, message: &Map<String, Value>) -> Result<Until, String> {
    let (by, until) = (message.get("by"), message.get("until"));
    match (by, until) {
        (Some(by), None) => {
            let time = by.as_str().and_then(parse_duration);
            time.map(Until::After).ok_or_else(|| format!("`by` must be a duration such as \"15m\", not {by}"))
        }
        (None, Some(word)) if word == "next" => Ok(Until::Next),
        (None, Some(word)) => Err(format!("`until` must be \"next\", not {word}")),
        (Some(_), Some(_)) => Err("give `by` or `until`, not both".to_owned()),
        (None, None) => {
            let selection = selection::read(shared.configuration(), &shared.lock(), message);
            let selection =
                selection.map_err(|_| "give `by`, `until`, or a job to whose end the clock moves")?;
            let job = selection.jobs.last().ok_or("no job fits; name one by `handle` or `mark`")?;
            Ok(Until::JobEnds(job.number()))
        }
    }
}

pub(super) fn unsupported() -> Value {
    json!({ "ok": false, "unsupported": true })
}

/// Operations on the jobs that the message names.
fn steer(world: &mut World, now: Duration, op: &str, selection: &Selection) -> Result<Value, String> {
    match op {
        "count" => return Ok(json!({ "ok": true, "count": selection.jobs.len() })),
        "inspect" => return inspect(world, selection),
        "hold" => hold(world, now, selection),
        "release" => release(world, now, selection),
        _ => selection.jobs.iter().for_each(|key| world.engine.fail(*key, "stopped from outside", now)),
    }
    world.advance(now);
    Ok(json!({ "ok": true }))
}

/// A held fixture holds its later jobs too.
fn hold(world: &mut World, now: Duration, selection: &Selection) {
    selection.jobs.iter().for_each(|key| world.engine.hold(*key, now));
    if let Some(label) = selection.label.as_ref().filter(|_| selection.whole) {
        world.held_labels.push(Arc::clone(label));
    }
}

fn release(world: &mut World, now: Duration, selection: &Selection) {
    for key in &selection.jobs {
        world.engine.release(*key, now);
    }
    if selection.whole {
        world.held_labels.retain(|label| Some(label) != selection.label.as_ref());
    }
}

fn inspect(world: &World, selection: &Selection) -> Result<Value, String> {
    let job = selection.jobs.last().and_then(|key| world.engine.read(*key));
    let job = job.ok_or("no job fits; name one by `handle` or `mark`")?;
    let state = if job.state.is_waiting() { State::Queued } else { job.state }.word();
    Ok(json!({ "ok": true, "state": state, "version": job.version() }))
}
