//! One call to the hooks' listener: a message in, a message out.

use std::time::Duration;

use hyper::{Method, StatusCode};
use serde_json::{Value, json};

use super::hook;
use crate::mock::configuration::Configuration;
use crate::mock::server::World;
use crate::mock::server::message::{Answer, Request};

/// Answers one call.
pub(in crate::mock) fn answer(
    configuration: &Configuration,
    world: &mut World,
    now: Duration,
    request: &Request,
) -> Answer {
    if request.path != "/hooks" || request.method != Method::POST {
        return Answer::json(
            StatusCode::NOT_FOUND,
            &json!({ "ok": false, "error": "hooks are served by POST /hooks" }),
        );
    }
    let Ok(Value::Object(message)) = serde_json::from_slice(&request.body) else {
        return Answer::json(
            StatusCode::BAD_REQUEST,
            &json!({ "ok": false, "error": "the message is no JSON object" }),
        );
    };
    world.advance(now);
    let mut reply = if configuration.hooks {
        hook::carry_out(configuration, world, now, &message)
    } else {
        hook::unsupported()
    };
    world.notify();
    if let (Some(reply), Some(id)) = (reply.as_object_mut(), message.get("id")) {
        reply.shift_insert(0, "id".to_owned(), id.clone());
    }
    Answer::json(StatusCode::OK, &reply)
}
