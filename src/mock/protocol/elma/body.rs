//! What every call of the task queue carries: a JSON object with the caller's token.

use serde_json::{Map, Value};

use crate::mock::fixture::{Standing, System};
use crate::mock::policy::IdText;
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(super) type Body = Map<String, Value>;

pub(super) fn read(exchange: &Exchange<'_>) -> Result<Body, Refusal> {
    match serde_json::from_slice(&exchange.request.body) {
        Ok(Value::Object(body)) => Ok(body),
        Ok(_) => Err(Refusal::Malformed("the body is JSON, but not an object")),
        Err(_) => Err(Refusal::Malformed("the body is not JSON")),
    }
}

/// The system that calls. Where a defect looks away, the call counts as the first system's.
pub(super) fn authenticate(exchange: &Exchange<'_>, body: &Body) -> Result<System, Refusal> {
    let systems = &exchange.configuration.fixtures.systems;
    let nobody = System { name: "nobody".into(), token: "".into(), standing: Standing::Allowed };
    let anyone = systems.first().cloned().unwrap_or(nobody);
    let Some(token) = body.get("auth_tkn").and_then(Value::as_str) else {
        exchange.demand(false, Refusal::MissingCredential)?;
        return Ok(anyone);
    };
    let Some(system) = systems.iter().find(|system| system.token.eq_ignore_ascii_case(token)) else {
        exchange.demand(false, Refusal::UnknownCredential)?;
        return Ok(anyone);
    };
    exchange.demand(system.standing == Standing::Allowed, Refusal::Locked)?;
    Ok(system.clone())
}

/// The id of a task under this name: a JSON integer, or its digits where the policy takes them.
pub(super) fn id(exchange: &Exchange<'_>, body: &Body, name: &str) -> Result<u64, Refusal> {
    let takes_text = exchange.configuration.policies.id_text == IdText::Accept;
    let digits = |value: &Value| value.as_str().filter(|_| takes_text)?.parse().ok();
    body.get(name)
        .and_then(|value| value.as_u64().or_else(|| digits(value)))
        .ok_or(Refusal::Malformed("the id of the task is missing or no integer"))
}
