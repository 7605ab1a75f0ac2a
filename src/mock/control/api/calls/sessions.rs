//! Calls about sessions.

use hyper::StatusCode;
use serde_json::{Value, json};

use super::{Answering, Asked, at_once, wrong};
use crate::mock::clock::ClockMode;
use crate::mock::configuration::{Configuration, ConfigurationError};
use crate::mock::control::api::reply::Reply;
use crate::mock::host::SessionError;

#[expect(
    clippy::needless_pass_by_value,
    reason = "what stands in the table of calls has the signature of the table"
)]
pub(in crate::mock::control::api) fn list(asked: Asked<'_>) -> Answering<'_> {
    let sessions = &asked.steering.sessions;
    at_once(|| Ok(Reply::ok(json!({ "sessions": sessions.names() }))))
}

pub(in crate::mock::control::api) fn create(asked: Asked<'_>) -> Answering<'_> {
    at_once(move || {
        let (name, clock) = (asked.text("name").unwrap_or_default(), clock(&asked)?);
        let configuration = configuration(&asked)?;
        let created = asked.steering.sessions.create(name, clock, Some(configuration));
        created.map_err(|error| refused(&error))?;
        Ok(Reply::Json(StatusCode::CREATED, json!({ "name": name, "prefix": format!("/s/{name}") })))
    })
}

pub(in crate::mock::control::api) fn delete(asked: Asked<'_>) -> Answering<'_> {
    at_once(move || {
        let name = asked.id.as_deref().unwrap_or_default();
        asked.steering.sessions.delete(name).map_err(|error| refused(&error))?;
        Ok(Reply::ok(json!({ "deleted": name })))
    })
}

fn clock(asked: &Asked<'_>) -> Result<Option<ClockMode>, Reply> {
    let Some(text) = asked.text("clock") else { return Ok(None) };
    let forms = ClockMode::FORMS.join(", ");
    let unknown = || wrong(&format!("time cannot pass as {text:?}; write one of {forms}"));
    ClockMode::parse(text).map(Some).ok_or_else(unknown)
}

fn configuration(asked: &Asked<'_>) -> Result<Configuration, Reply> {
    let mut configuration = asked.steering.sessions.configuration().clone();
    configuration.hold = asked.duration("hold")?.unwrap_or(configuration.hold);
    configuration.cap = asked.duration("cap")?.unwrap_or(configuration.cap);
    configuration.seed = asked.number("seed").unwrap_or(configuration.seed);
    changed(configuration, asked).map_err(|error| wrong(&error))
}

fn changed(mut configuration: Configuration, asked: &Asked<'_>) -> Result<Configuration, ConfigurationError> {
    for (key, value) in asked.members.get("policy").and_then(Value::as_object).into_iter().flatten() {
        configuration = configuration.with_policy(key, value.as_str().unwrap_or_default())?;
    }
    for id in asked.texts("defects") {
        configuration = configuration.with_defect(&id)?;
    }
    for id in asked.texts("noises") {
        configuration = configuration.with_noise(&id)?;
    }
    Ok(configuration)
}

fn refused(error: &SessionError) -> Reply {
    let status = match error {
        SessionError::Name(_) => StatusCode::BAD_REQUEST,
        SessionError::Exists(_) => StatusCode::CONFLICT,
        SessionError::Unknown(_) => StatusCode::NOT_FOUND,
        SessionError::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
    };
    Reply::refused(status, &error.to_string())
}
