//! One call to the hooks' listener: a message in, a message out.

use hyper::{Method, StatusCode};
use serde_json::{Map, Value, json};

use super::hook;
use crate::mock::journal::milliseconds;
use crate::mock::server::message::{Answer, Request};
use crate::mock::server::{Session, Shared};

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

/// Answers one message to a session, which may move its clock.
pub(super) async fn message_to(session: &Session, bytes: &[u8]) -> (StatusCode, Value) {
    let shared = session.shared();
    let asked: Option<Map<String, Value>> = serde_json::from_slice(bytes).ok();
    let asked = asked.filter(|asked| asked.get("op").and_then(Value::as_str) == Some(hook::ADVANCE));
    let moves = shared.configuration().hooks && shared.clock().moves_in_steps();
    let Some(asked) = asked.filter(|_| moves) else { return message(shared, bytes) };
    let advanced = match hook::until(shared, &asked) {
        Ok(until) => session.advance(until).await.map_err(|error| error.to_string()),
        Err(wrong) => Err(wrong),
    };
    let reply = match advanced {
        Ok(advanced) => json!({ "ok": true, "now_ms": milliseconds(advanced.now) }),
        Err(error) => json!({ "ok": false, "error": error }),
    };
    (StatusCode::OK, named(reply, &asked))
}

/// Answers one message.
fn message(shared: &Shared, bytes: &[u8]) -> (StatusCode, Value) {
    let Ok(Value::Object(message)) = serde_json::from_slice(bytes) else {
        return (StatusCode::BAD_REQUEST, json!({ "ok": false, "error": "the message is no JSON object" }));
    };
    (StatusCode::OK, named(hook::carry_out(shared, &message), &message))
}

/// A reply with the id of its message.
fn named(mut reply: Value, message: &Map<String, Value>) -> Value {
    if let (Some(reply), Some(id)) = (reply.as_object_mut(), message.get("id")) {
        reply.shift_insert(0, "id".to_owned(), id.clone());
    }
    reply
}
