//! The operations of a hook message, one line each.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value, json};

use super::selection::{self, Selection};
use crate::mock::configuration::Configuration;
use crate::mock::engine::State;
use crate::mock::server::{Shared, World};

/// What a hook answers, without the message's id.
pub(super) fn carry_out(shared: &Shared, message: &Map<String, Value>) -> Value {
    if !shared.configuration().hooks {
        return unsupported();
    }
    let mut world = shared.lock();
    let now = shared.now();
    world.advance(now);
    let reply = operate(shared.configuration(), &mut world, now, message);
    world.notify();
    reply
}

fn operate(
    configuration: &Configuration,
    world: &mut World,
    now: Duration,
    message: &Map<String, Value>,
) -> Value {
    let reply = match message.get("op").and_then(Value::as_str) {
        Some("hello") => Ok(json!({ "ok": true, "ops": OPERATIONS })),
        Some("bye") => Ok(json!({ "ok": true })),
        Some("reset") => {
            world.reset();
            Ok(json!({ "ok": true }))
        }
        Some(op) if OPERATIONS.contains(&op) => selection::read(configuration, world, message)
            .and_then(|selection| steer(world, now, op, &selection)),
        _ => return unsupported(),
    };
    reply.unwrap_or_else(|error| json!({ "ok": false, "error": error }))
}

const OPERATIONS: [&str; 8] = ["hello", "hold", "release", "fail", "count", "inspect", "reset", "bye"];

fn unsupported() -> Value {
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
