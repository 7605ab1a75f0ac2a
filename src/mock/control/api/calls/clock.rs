//! Calls about time.

use hyper::StatusCode;
use serde_json::json;

use super::{Answering, Asked, at_once, wrong};
use crate::mock::control::Until;
use crate::mock::control::api::reply::Reply;
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
                Reply::ok(json!({ "now_ms": milliseconds(advanced.now), "fired_ms": fired }))
            }
            Err(error) => Reply::refused(StatusCode::CONFLICT, &error.to_string()),
        }
    })
}

fn until(asked: &Asked<'_>) -> Result<Until, Reply> {
    match (asked.duration("by")?, asked.text("until"), asked.number("job")) {
        (Some(time), None, None) => Ok(Until::After(time)),
        (None, Some("next"), None) => Ok(Until::Next),
        (None, None, Some(job)) => Ok(Until::JobEnds(job)),
        _ => Err(wrong(&"give exactly one of `by`, `until: \"next\"` and `job`")),
    }
}
