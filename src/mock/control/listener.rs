//! One call to the hooks' listener: a message in, a message out.

use hyper::{Method, StatusCode};
use serde_json::{Value, json};

use super::hook;
use crate::mock::server::Shared;
use crate::mock::server::message::{Answer, Request};

/// Answers one call.
pub(in crate::mock) fn answer(shared: &Shared, request: &Request) -> Answer {
    if request.path != "/hooks" || request.method != Method::POST {
        return Answer::json(
            StatusCode::NOT_FOUND,
            &json!({ "ok": false, "error": "hooks are served by POST /hooks" }),
        );
    }
    let (status, reply) = message(shared, &request.body);
    Answer::json(status, &reply)
}

/// Answers one message.
pub(super) fn message(shared: &Shared, bytes: &[u8]) -> (StatusCode, Value) {
    let Ok(Value::Object(message)) = serde_json::from_slice(bytes) else {
        return (StatusCode::BAD_REQUEST, json!({ "ok": false, "error": "the message is no JSON object" }));
    };
    let mut reply = hook::carry_out(shared, &message);
    if let (Some(reply), Some(id)) = (reply.as_object_mut(), message.get("id")) {
        reply.shift_insert(0, "id".to_owned(), id.clone());
    }
    (StatusCode::OK, reply)
}
