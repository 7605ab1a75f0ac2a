//! Calls about the program itself: a page, whether it is ready, what can be called, and the hooks of a harness.

use serde_json::json;

use super::{Answering, Asked, at_once};
use crate::mock::control::api::metrics;
use crate::mock::control::api::openapi as description;
use crate::mock::control::api::reply::Reply;
use crate::mock::control::listener;

const PAGE: &str = include_str!("../page.html");

pub(in crate::mock::control::api) fn page(_: Asked<'_>) -> Answering<'_> {
    at_once(|| Ok(Reply::Text("text/html; charset=utf-8", PAGE.to_owned())))
}

pub(in crate::mock::control::api) fn ready(_: Asked<'_>) -> Answering<'_> {
    at_once(|| Ok(Reply::ok(json!({ "ready": true }))))
}

pub(in crate::mock::control::api) fn version(_: Asked<'_>) -> Answering<'_> {
    at_once(|| Ok(Reply::ok(json!({ "program": "orchspec", "version": env!("CARGO_PKG_VERSION") }))))
}

pub(in crate::mock::control::api) fn openapi(_: Asked<'_>) -> Answering<'_> {
    at_once(|| Ok(Reply::ok(description::document())))
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "what stands in the table of calls has the signature of the table"
)]
pub(in crate::mock::control::api) fn metrics(asked: Asked<'_>) -> Answering<'_> {
    let steering = asked.steering;
    at_once(move || Ok(Reply::Text(metrics::MEDIA_TYPE, metrics::text(steering))))
}

pub(in crate::mock::control::api) fn hook(asked: Asked<'_>) -> Answering<'_> {
    Box::pin(async move {
        let (status, reply) = listener::message_to(&asked.session, asked.bytes).await;
        Reply::Json(status, reply)
    })
}
