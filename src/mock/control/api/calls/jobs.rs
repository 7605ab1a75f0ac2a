//! Calls about jobs.

use hyper::StatusCode;
use serde_json::{Value, json};

use super::{Answering, Asked, at_once, wrong};
use crate::mock::control::api::reply::Reply;
use crate::mock::control::{JobView, ScriptError, Scripted, SteerError};
use crate::mock::setup;

pub(in crate::mock::control::api) fn list(asked: Asked<'_>) -> Answering<'_> {
    at_once(move || {
        let jobs: Vec<_> = asked.session.jobs().iter().map(JobView::to_json).collect();
        Ok(Reply::ok(json!({ "jobs": jobs })))
    })
}

pub(in crate::mock::control::api) fn show(asked: Asked<'_>) -> Answering<'_> {
    at_once(move || {
        let id = asked.job()?;
        answer(asked.session.job(id).ok_or(SteerError::Unknown(id)))
    })
}

pub(in crate::mock::control::api) fn hold(asked: Asked<'_>) -> Answering<'_> {
    at_once(move || answer(asked.session.hold(asked.job()?, asked.given.version)))
}

pub(in crate::mock::control::api) fn release(asked: Asked<'_>) -> Answering<'_> {
    at_once(move || answer(asked.session.release(asked.job()?, asked.given.version)))
}

pub(in crate::mock::control::api) fn complete(asked: Asked<'_>) -> Answering<'_> {
    at_once(move || {
        let output = asked.given.members.get("output").cloned();
        answer(asked.session.complete(asked.job()?, output, asked.given.version))
    })
}

pub(in crate::mock::control::api) fn fail(asked: Asked<'_>) -> Answering<'_> {
    at_once(move || {
        let message = asked.text("message").unwrap_or("stopped from outside");
        answer(asked.session.fail(asked.job()?, message, asked.given.version))
    })
}

pub(in crate::mock::control::api) fn forget(asked: Asked<'_>) -> Answering<'_> {
    at_once(move || match asked.session.forget(asked.job()?) {
        Ok(()) => Ok(Reply::ok(json!({ "forgotten": true }))),
        Err(error) => Err(refused(&error)),
    })
}

pub(in crate::mock::control::api) fn script(asked: Asked<'_>) -> Answering<'_> {
    at_once(move || {
        let next = setup::script(&asked.given.members).map_err(|message| wrong(&message))?;
        let id = asked.session.script(next).map_err(|error| not_scripted(&error))?;
        let set = asked.session.scripts().into_iter().find(|script| script.id == id);
        let written = set.map_or(Value::Null, |script| script.to_json());
        Ok(Reply::Json(StatusCode::CREATED, written))
    })
}

pub(in crate::mock::control::api) fn scripts(asked: Asked<'_>) -> Answering<'_> {
    at_once(move || {
        let scripts: Vec<_> = asked.session.scripts().iter().map(Scripted::to_json).collect();
        Ok(Reply::ok(json!({ "scripts": scripts })))
    })
}

pub(in crate::mock::control::api) fn clear_scripts(asked: Asked<'_>) -> Answering<'_> {
    at_once(move || {
        asked.session.clear_scripts();
        Ok(Reply::ok(json!({ "scripts": [] })))
    })
}

fn not_scripted(error: &ScriptError) -> Reply {
    let status = match error {
        ScriptError::Unknown { .. } => StatusCode::BAD_REQUEST,
        ScriptError::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
    };
    Reply::refused(status, &error.to_string())
}

fn answer(job: Result<JobView, SteerError>) -> Result<Reply, Reply> {
    job.map(|job| Reply::ok(job.to_json())).map_err(|error| refused(&error))
}

fn refused(error: &SteerError) -> Reply {
    let status = match error {
        SteerError::Unknown(_) => StatusCode::NOT_FOUND,
        SteerError::Moved(_) => StatusCode::PRECONDITION_FAILED,
        SteerError::Ended(_) => StatusCode::CONFLICT,
    };
    Reply::refused(status, &error.to_string())
}
