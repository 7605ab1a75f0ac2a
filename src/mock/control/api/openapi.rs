//! The control API as an `OpenAPI` document, made from the table of its calls.

use serde_json::{Map, Value as Json, json};

use super::table::{CALLS, Call};
use crate::yaml::{Shape, Value};

/// The document.
pub(super) fn document() -> Json {
    let mut paths = Map::new();
    for call in CALLS {
        let path = paths.entry(call.path).or_insert_with(|| json!({}));
        path[call.method.to_lowercase()] = operation(call);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "orchspec mock, control API",
            "description": "Steers a mock orchestrator. What belongs to a session is also served below `/s/NAME`.",
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": { "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } } },
        "security": [{}, { "token": [] }],
    })
}

fn operation(call: &Call) -> Json {
    let name = call.path.replace(['{', '}'], "").replace(['/', '.'], "-");
    let refused = json!({ "description": "Why not, as the member `error`." });
    let mut operation = json!({
        "operationId": format!("{}{name}", call.method.to_lowercase()),
        "summary": call.doc,
        "parameters": parameters(call),
        "responses": { "200": { "description": "It is done." }, "4XX": refused },
    });
    if let Some(shape) = call.takes {
        let required = shape.keys.iter().any(|key| key.required);
        let content = json!({ "application/json": { "schema": schema(shape) } });
        operation["requestBody"] = json!({ "required": required, "content": content });
    }
    operation
}

fn parameters(call: &Call) -> Vec<Json> {
    let id = call
        .path
        .contains("{id}")
        .then(|| json!({ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }));
    let query = call.query.iter().map(|(name, doc)| {
        json!({ "name": name, "in": "query", "description": doc, "schema": { "type": "integer", "minimum": 0 } })
    });
    id.into_iter().chain(query).collect()
}

fn schema(shape: &Shape) -> Json {
    let member = |key: &crate::yaml::Key| {
        let mut schema = value(key.value);
        schema["description"] = json!(key.doc);
        (key.name.to_owned(), schema)
    };
    let members: Map<String, Json> = shape.keys.iter().map(member).collect();
    let required: Vec<&str> = shape.keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    json!({
        "type": "object",
        "description": shape.doc,
        "properties": members,
        "required": required,
        "additionalProperties": false,
    })
}

fn value(value: Value) -> Json {
    match value {
        Value::Integer => json!({ "type": "integer", "minimum": 0 }),
        Value::Bool => json!({ "type": "boolean" }),
        Value::List(item) => json!({ "type": "array", "items": self::value(*item) }),
        Value::Map(item) => json!({ "type": "object", "additionalProperties": self::value(*item) }),
        Value::Any => json!({}),
        _ => json!({ "type": "string" }),
    }
}
