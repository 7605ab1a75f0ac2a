//! The initial call: verb, bearer, mode and arguments; then one job.

use serde_json::{Map, Value, json};

use super::{bearer, reference};
use crate::mock::defect::Patience;
use crate::mock::engine::{Ending, Order, Script};
use crate::mock::fixture::{Mode, Product, Span, Trigger};
use crate::mock::policy::{QueryTypes, UnknownCallMode};
use crate::mock::protocol::Refusal;
use crate::mock::server::{Exchange, Ticket, World};

const CALL_MODE: &str = "$callMode";

pub(super) fn invoke(exchange: &mut Exchange<'_>, world: &mut World) -> Result<Patience, Refusal> {
    let trigger = trigger(exchange)?;
    exchange.demand(exchange.request.method == trigger.verb, Refusal::WrongMethod(allow(trigger)))?;
    let caller = bearer::authenticate(exchange)?;
    exchange.demand(trigger.enabled, Refusal::Disabled)?;
    let mut arguments = arguments(exchange)?;
    let mode = mode(exchange, trigger, arguments.remove(CALL_MODE))?;
    exchange.mode = Some(mode);
    let next = world.scripts.take(&trigger.name, &arguments).unwrap_or_default();
    let order = Order {
        label: trigger.name.clone(),
        number: world.engine.next_number(),
        owner: caller.name.to_string(),
        ending: ending(next.product.as_ref().unwrap_or(&trigger.product), &arguments),
        script: script(exchange, world, (trigger, next.span(trigger.span)), mode),
        files: None,
        arguments,
        weight: exchange.request.weight(),
    };
    let order = exchange.order(world, order);
    Ok(start(exchange, world, order, mode))
}

/// The mode that the call would get, as far as it can be told before anything is checked.
pub(in crate::mock) fn asked_mode(exchange: &Exchange<'_>, asked: Option<&Value>) -> Option<Mode> {
    let asked = asked.and_then(Value::as_str).and_then(Mode::parse);
    asked.or_else(|| trigger(exchange).ok().map(|trigger| trigger.mode))
}

fn start(exchange: &mut Exchange<'_>, world: &mut World, order: Order, mode: Mode) -> Patience {
    let ticket = reference::ticket(exchange.configuration, order.number);
    let key = world.engine.create(order, exchange.now);
    exchange.job = Some(key);
    if mode != Mode::FireAndForget {
        world.tickets.insert(ticket, Ticket { job: key, mode });
    }
    match mode {
        Mode::LongPolling => Patience::until(exchange.now + exchange.configuration.hold),
        Mode::AsyncRequestReply | Mode::FireAndForget => Patience::none(exchange.now),
    }
}

fn trigger<'a>(exchange: &Exchange<'a>) -> Result<&'a Trigger, Refusal> {
    let name = reference::trigger(&exchange.request.path).unwrap_or_default();
    let triggers = &exchange.configuration.fixtures.triggers;
    if let Some(trigger) = triggers.iter().find(|trigger| *trigger.name == *name) {
        return Ok(trigger);
    }
    exchange.demand(false, Refusal::UnknownFixture)?;
    triggers.first().ok_or(Refusal::UnknownFixture)
}

fn allow(trigger: &Trigger) -> &'static str {
    ["GET", "POST", "PUT", "DELETE"].into_iter().find(|verb| trigger.verb == *verb).unwrap_or_default()
}

/// The entries of the query as texts, then the members of the body; a GET has no body.
fn arguments(exchange: &Exchange<'_>) -> Result<Map<String, Value>, Refusal> {
    let request = &exchange.request;
    let coerces = exchange.configuration.policies.query_types == QueryTypes::Coerced;
    let typed = |text: &String| if coerces { coerce(text) } else { json!(text) };
    let mut arguments: Map<_, _> =
        request.query.iter().map(|(name, value)| (name.clone(), typed(value))).collect();
    if request.method == hyper::Method::GET || request.body.is_empty() {
        return Ok(arguments);
    }
    match serde_json::from_slice(&request.body) {
        Ok(Value::Object(body)) => arguments.extend(body),
        Ok(_) => exchange.demand(false, Refusal::Malformed("the body is JSON, but not an object"))?,
        Err(_) => exchange.demand(false, Refusal::Malformed("the body is not JSON"))?,
    }
    Ok(arguments)
}

/// What a text of a query looks like: a number, a truth value or a text.
fn coerce(text: &str) -> Value {
    match serde_json::from_str(text) {
        Ok(value @ (Value::Number(_) | Value::Bool(_))) => value,
        _ => json!(text),
    }
}

fn mode(exchange: &Exchange<'_>, trigger: &Trigger, asked: Option<Value>) -> Result<Mode, Refusal> {
    let lenient = exchange.configuration.policies.unknown_call_mode == UnknownCallMode::DefaultMode;
    let mode = match asked {
        None => trigger.mode,
        Some(asked) => match asked.as_str().and_then(Mode::parse) {
            Some(mode) => mode,
            None if lenient => trigger.mode,
            None => exchange.demand(false, Refusal::UnknownMode).map(|()| trigger.mode)?,
        },
    };
    Ok(exchange.chosen_mode(trigger, mode))
}

fn ending(product: &Product, arguments: &Map<String, Value>) -> Ending {
    match product {
        Product::Echo => Ending::Output(json!({ "echo": arguments })),
        Product::Output(output) => Ending::Output(Value::clone(output)),
        Product::Version => Ending::Output(json!({ "version": 1 })),
        Product::Fault(message) => Ending::Fault(message.to_string()),
    }
}

/// A job that a caller waits for does not outlive the longest duration.
fn script(exchange: &Exchange<'_>, world: &World, (trigger, span): (&Trigger, Span), mode: Mode) -> Script {
    Script {
        prepares: None,
        queued: span.queued,
        held: span.held || world.held_labels.contains(&trigger.name),
        runs: span.runs,
        ends: span.ends,
        limit: (mode == Mode::LongPolling).then_some(exchange.configuration.cap),
    }
}
