//! Calls about jobs.

use hyper::StatusCode;
use serde_json::json;

use super::{Answering, Asked, at_once};
use crate::mock::control::api::reply::Reply;
use crate::mock::control::{JobView, SteerError};

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
    at_once(move || answer(asked.session.hold(asked.job()?, asked.version)))
}

pub(in crate::mock::control::api) fn release(asked: Asked<'_>) -> Answering<'_> {
    at_once(move || answer(asked.session.release(asked.job()?, asked.version)))
}

pub(in crate::mock::control::api) fn complete(asked: Asked<'_>) -> Answering<'_> {
    at_once(move || {
        let output = asked.members.get("output").cloned();
        answer(asked.session.complete(asked.job()?, output, asked.version))
    })
}

pub(in crate::mock::control::api) fn fail(asked: Asked<'_>) -> Answering<'_> {
    at_once(move || {
        let message = asked.text("message").unwrap_or("stopped from outside");
        answer(asked.session.fail(asked.job()?, message, asked.version))
    })
}

pub(in crate::mock::control::api) fn forget(asked: Asked<'_>) -> Answering<'_> {
    at_once(move || match asked.session.forget(asked.job()?) {
        Ok(()) => Ok(Reply::ok(json!({ "forgotten": true }))),
        Err(error) => Err(refused(&error)),
    })
}

fn answer(job: Result<JobView, SteerError>) -> Result<Reply, Reply> {
    job.map(|job| Reply::ok(job.to_json())).map_err(|error| refused(&error))
}

fn refused(error: &SteerError) -> Reply {
    let status = match error {
        SteerError::Unknown(_) => StatusCode::NOT_FOUND,
        SteerError::Moved(_) => StatusCode::PRECONDITION_FAILED,
    };
    Reply::refused(status, &error.to_string())
}
