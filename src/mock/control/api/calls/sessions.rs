//! Calls about sessions.

use hyper::StatusCode;
use serde_json::{Value, json};

use super::{Answering, Asked, at_once, wrong};
use crate::mock::clock::ClockMode;
use crate::mock::configuration::{Configuration, ConfigurationError};
use crate::mock::control::api::reply::Reply;
use crate::mock::fault;
use crate::mock::host::{Addresses, SessionError};
use crate::mock::protocol::uipath;
use crate::mock::server::Limits;
use crate::mock::setup::{self, Setup};

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
        let name = asked.text("name").unwrap_or_default();
        let (configuration, clock) = setting(&asked)?;
        let created = asked.steering.sessions.create(name, clock, Some(configuration));
        created.map_err(|error| refused(&error))?;
        Ok(Reply::Json(StatusCode::CREATED, place(&asked.steering.addresses, name)))
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

/// Where the session of this name is.
fn place(addresses: &Addresses, name: &str) -> Value {
    let prefix = format!("/s/{name}");
    let control = addresses.control.as_ref().map(|control| format!("{control}{prefix}"));
    json!({
        "name": name,
        "prefix": prefix,
        "elma": format!("{}{prefix}", addresses.protocols),
        "uipath": format!("{}{prefix}{}", addresses.protocols, uipath::ROOT),
        "control": control,
        "hooks": control.as_ref().map(|control| format!("{control}/hooks")),
    })
}

/// What the default session is set to, what the body's configuration says, and the body's other members over both.
fn setting(asked: &Asked<'_>) -> Result<(Configuration, Option<ClockMode>), Reply> {
    let own = asked.steering.sessions.configuration().clone();
    let Setup { mut configuration, clock, .. } = match asked.object("configuration") {
        None => Setup { configuration: own, clock: None, seed: None, limits: Limits::default() },
        Some(written) if written.contains_key("limits") => {
            return Err(wrong(&"`configuration`: `limits` are set for the whole mock, when it starts"));
        }
        Some(written) => setup::configuration(own, written)
            .map_err(|message| wrong(&format!("`configuration`: {message}")))?,
    };
    let clock = self::clock(asked)?.or(clock);
    configuration.hold = asked.duration("hold")?.unwrap_or(configuration.hold);
    configuration.cap = asked.duration("cap")?.unwrap_or(configuration.cap);
    configuration.seed = asked.number("seed").unwrap_or(configuration.seed);
    let mut configuration = changed(configuration, asked).map_err(|error| wrong(&error))?;
    if let Some(given) = asked.given.members.get("faults") {
        configuration.faults = fault::from_json(given, &configuration).map_err(|error| wrong(&error))?;
    }
    Ok((configuration, clock))
}

fn changed(mut configuration: Configuration, asked: &Asked<'_>) -> Result<Configuration, ConfigurationError> {
    for (key, value) in asked.object("policy").into_iter().flatten() {
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
