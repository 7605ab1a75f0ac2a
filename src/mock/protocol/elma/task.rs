//! Creating, finding and cancelling tasks.

use serde_json::{Map, Value, json};

use super::body::{Body, id};
use crate::mock::engine::{Ending, Job, JobKey, Order, Script};
use crate::mock::fixture::{Process, Product, Span, System};
use crate::mock::policy::{
    AfterCancel, CancelEnded, CancelRunning, CreatedState, CtxObject, ForeignRead, Ids, WaitingState,
};
use crate::mock::protocol::Refusal;
use crate::mock::server::{Exchange, World};

pub(super) fn create(
    exchange: &mut Exchange<'_>,
    world: &mut World,
    body: &Body,
    system: &System,
) -> Result<(), Refusal> {
    let task = body.get("task").and_then(Value::as_object);
    let task = task.ok_or(Refusal::Malformed("the body has no object `task`"))?;
    let process = process(exchange, task)?;
    let version = version(exchange, process, task)?;
    let arguments = input_context(exchange, task.get("ctx"))?;
    let next = world.scripts.take(&process.name, &arguments).unwrap_or_default();
    let order = Order {
        label: process.name.clone(),
        number: number(exchange, world.engine.next_number()),
        owner: system.token.to_string(),
        ending: ending(next.product.as_ref().unwrap_or(&process.product), version, &arguments),
        script: script(exchange, world, (process, next.span(process.span))),
        files: next.files,
        arguments,
        weight: exchange.request.weight(),
    };
    let order = exchange.order(world, order);
    let key = world.engine.create(order, exchange.now);
    if exchange.configuration.policies.created_state == CreatedState::First {
        exchange.decided = world.engine.read(key).cloned().map(Box::new);
    }
    exchange.job = Some(key);
    Ok(())
}

/// The id that the outside sees for the job of this number.
fn number(exchange: &Exchange<'_>, counted: u64) -> u64 {
    const LARGE: u64 = (1 << 53) - (1 << 20);
    const FIRST: u64 = 955;
    match exchange.configuration.policies.ids {
        Ids::Counted => counted,
        Ids::FromZero => counted - FIRST,
        Ids::Large => LARGE + counted,
        Ids::Scattered => counted.wrapping_mul(0x9e37_79b1) & 0xffff_ffff,
    }
}

fn process<'a>(exchange: &Exchange<'a>, task: &Map<String, Value>) -> Result<&'a Process, Refusal> {
    let processes = &exchange.configuration.fixtures.processes;
    let uuid = task.get("process").and_then(Value::as_str);
    let uuid = uuid.ok_or(Refusal::Malformed("`task.process` is missing or no text"))?;
    if let Some(process) = processes.iter().find(|process| process.uuid.eq_ignore_ascii_case(uuid)) {
        return Ok(process);
    }
    exchange.demand(false, Refusal::UnknownFixture)?;
    processes.first().ok_or(Refusal::UnknownFixture)
}

fn version(exchange: &Exchange<'_>, process: &Process, task: &Map<String, Value>) -> Result<u64, Refusal> {
    let asked = match task.get("version") {
        None => 0,
        Some(version) => version.as_u64().ok_or(Refusal::Malformed("`task.version` is no integer"))?,
    };
    exchange.demand(asked <= process.versions, Refusal::UnknownVersion)?;
    Ok(if asked == 0 { process.versions } else { asked.min(process.versions) })
}

/// The input context: JSON inside a text; an absent or empty one holds nothing.
fn input_context(exchange: &Exchange<'_>, ctx: Option<&Value>) -> Result<Map<String, Value>, Refusal> {
    let accepts_objects = exchange.configuration.policies.ctx_object == CtxObject::Accept;
    match ctx {
        None | Some(Value::Null) => Ok(Map::new()),
        Some(Value::String(text)) if text.trim().is_empty() => Ok(Map::new()),
        Some(Value::String(text)) => {
            serde_json::from_str(text).map_err(|_| Refusal::Malformed("`task.ctx` holds no JSON object"))
        }
        Some(Value::Object(object)) if accepts_objects => Ok(object.clone()),
        Some(_) => Err(Refusal::Malformed("`task.ctx` is not a text that holds JSON")),
    }
}

fn ending(product: &Product, version: u64, arguments: &Map<String, Value>) -> Ending {
    match product {
        Product::Echo => Ending::Output(Value::Object(arguments.iter().map(echo).collect())),
        Product::Output(output) => Ending::Output(Value::clone(output)),
        Product::Version => Ending::Output(json!({ "version_out": version })),
        Product::Fault(message) => Ending::Fault(message.to_string()),
    }
}

fn echo((name, value): (&String, &Value)) -> (String, Value) {
    let name = name.strip_suffix("_in").map_or_else(|| name.clone(), |stem| format!("{stem}_out"));
    (name, value.clone())
}

/// A task that waits prepares first; one that does not wait is prepared at once.
fn script(exchange: &Exchange<'_>, world: &World, (process, span): (&Process, Span)) -> Script {
    let held = span.held || world.held_labels.contains(&process.name);
    let prepares = if held { process.prepares } else { process.prepares.min(span.queued) };
    let (prepares, queued) = match exchange.configuration.policies.waiting_state {
        WaitingState::PrepareQueue | WaitingState::PrepareOnly => {
            (Some(prepares), span.queued.saturating_sub(prepares))
        }
        WaitingState::QueueOnly => (None, span.queued),
    };
    Script { prepares, queued, held, runs: span.runs, ends: span.ends, limit: None }
}

pub(super) fn find(
    exchange: &mut Exchange<'_>,
    world: &World,
    body: &Body,
    system: &System,
) -> Result<(), Refusal> {
    let key = look_up(exchange, world, id(exchange, body, "id")?)?;
    may_read(exchange, world, key, system)?;
    exchange.job = Some(key);
    Ok(())
}

/// The task with this id, unless it was cancelled and is gone.
pub(super) fn look_up(exchange: &Exchange<'_>, world: &World, number: u64) -> Result<JobKey, Refusal> {
    let key = world.engine.find(number).ok_or(Refusal::UnknownJob)?;
    let gone = exchange.configuration.policies.after_cancel == AfterCancel::Gone
        && world.job(Some(key)).is_some_and(|job| job.state != job.state_before_cancel());
    if gone { Err(Refusal::UnknownJob) } else { Ok(key) }
}

pub(super) fn may_read(
    exchange: &Exchange<'_>,
    world: &World,
    key: JobKey,
    system: &System,
) -> Result<(), Refusal> {
    let open = exchange.configuration.policies.foreign_read == ForeignRead::Allow;
    exchange.demand(open || owner(world.job(Some(key))) == &*system.token, Refusal::NotCreator)
}

pub(super) fn cancel(
    exchange: &mut Exchange<'_>,
    world: &mut World,
    body: &Body,
    system: &System,
) -> Result<(), Refusal> {
    let key = look_up(exchange, world, id(exchange, body, "id")?)?;
    exchange.job = Some(key);
    let job = world.engine.read(key).ok_or(Refusal::UnknownJob)?;
    exchange.demand(*job.order.owner == *system.token, Refusal::NotCreator)?;
    let (waits, has_ended) = (job.state.is_waiting(), job.state.is_final());
    exchange.demand(may_cancel(exchange, waits, has_ended), Refusal::NotWaiting)?;
    exchange.decided = Some(Box::new(job.clone()));
    let aborts = exchange.configuration.policies.cancel_running == CancelRunning::Abort;
    if exchange.skips() {
        return Ok(());
    }
    if waits {
        world.engine.cancel(key, exchange.now);
    } else if aborts && !has_ended {
        world.engine.fail(key, "The task was cancelled.", exchange.now);
    }
    Ok(())
}

fn may_cancel(exchange: &Exchange<'_>, waits: bool, has_ended: bool) -> bool {
    let policies = &exchange.configuration.policies;
    if has_ended {
        return policies.cancel_ended == CancelEnded::Answer;
    }
    waits || policies.cancel_running != CancelRunning::Refuse
}

fn owner(job: Option<&Job>) -> &str {
    job.map_or("", |job| job.order.owner.as_str())
}
