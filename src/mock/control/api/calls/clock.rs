//! Calls about time.

use hyper::StatusCode;
use serde_json::{Value, json};

use super::{Answering, Asked, at_once, wrong};
use crate::mock::control::api::reply::Reply;
use crate::mock::control::{ClockError, Move, Until};
use crate::mock::journal::milliseconds;

pub(in crate::mock::control::api) fn show(asked: Asked<'_>) -> Answering<'_> {
    at_once(move || {
        let session = &asked.session;
        Ok(Reply::ok(json!({
            "mode": session.clock().to_string(),
            "now_ms": milliseconds(session.now()),
            "next_ms": session.next().map(milliseconds),
        })))
    })
}

pub(in crate::mock::control::api) fn advance(asked: Asked<'_>) -> Answering<'_> {
    Box::pin(async move {
        let until = match until(&asked) {
            Ok(until) => until,
            Err(refused) => return refused,
        };
        match asked.session.advance(until).await {
            Ok(advanced) => {
                let fired: Vec<u64> = advanced.fired.iter().copied().map(milliseconds).collect();
                let moves: Vec<Value> = advanced.moves.iter().map(named).collect();
                Reply::ok(json!({ "now_ms": milliseconds(advanced.now), "fired_ms": fired, "moves": moves }))
            }
            Err(error @ ClockError::Unknown(_)) => Reply::refused(StatusCode::NOT_FOUND, &error.to_string()),
            Err(error) => Reply::refused(StatusCode::CONFLICT, &error.to_string()),
        }
    })
}

/// A move with its job.
fn named((job, moved): &(u64, Move)) -> Value {
    let mut named = moved.to_json();
    named["job"] = json!(job);
    named
}

fn until(asked: &Asked<'_>) -> Result<Until, Reply> {
    match (asked.duration("by")?, asked.text("until"), asked.number("job")) {
        (Some(time), None, None) => Ok(Until::After(time)),
        (None, Some("next"), None) => Ok(Until::Next),
        (None, None, Some(job)) => Ok(Until::JobEnds(job)),
        _ => Err(wrong(&"give exactly one of `by`, `until: \"next\"` and `job`")),
    }
}
