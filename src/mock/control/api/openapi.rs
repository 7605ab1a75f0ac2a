//! The control API as an `OpenAPI` document, made from the table of its calls.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use super::call::{Call, Gives, Takes};
use super::table::CALLS;
use crate::yaml::{Key, Shape, Value};

/// The document.
pub(super) fn document() -> Json {
    let mut schemas = Schemas::default();
    let mut paths = Map::new();
    for call in CALLS {
        let path = paths.entry(call.path).or_insert_with(|| json!({}));
        path[call.method.to_lowercase()] = operation(call, &mut schemas);
    }
    let token = json!({ "token": { "type": "http", "scheme": "bearer" } });
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "orchspec mock, control API",
            "description": "Steers a mock orchestrator. What belongs to a session is also served below `/s/NAME`.",
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "." }],
        "paths": paths,
        "components": { "securitySchemes": token, "schemas": schemas.0, "responses": { "Refused": refused() } },
        "security": [{}, { "token": [] }],
    })
}

fn operation(call: &Call, schemas: &mut Schemas) -> Json {
    let name = call.path.replace(['{', '}'], "").replace(['/', '.'], "-");
    let mut operation = json!({
        "operationId": format!("{}{name}", call.method.to_lowercase()).trim_end_matches('-'),
        "summary": call.doc,
        "tags": [if call.of_session { "session" } else { "program" }],
        "parameters": parameters(call),
        "responses": responses(call, schemas),
    });
    if let Some(body) = request_body(call, schemas) {
        operation["requestBody"] = body;
    }
    operation
}

/// How a path names a job.
const JOB: &str =
    "Its `id`, its `number`, or what stands for it in a `Location`; `id:7` and `number:7` say which.";

fn parameters(call: &Call) -> Vec<Json> {
    let variable = call.variable().map(|name| {
        let doc = if name == "job" { JOB } else { "Its name." };
        json!({ "name": name, "in": "path", "required": true, "description": doc, "schema": { "type": "string" } })
    });
    let query = call.query.iter().map(|(name, doc)| {
        json!({ "name": name, "in": "query", "description": doc, "schema": { "type": "integer", "minimum": 0 } })
    });
    let version = call.at_a_version.then(|| {
        let doc = "The version of the job that the caller has seen; nothing is done if it has moved since.";
        json!({ "name": "If-Match", "in": "header", "description": doc, "schema": { "type": "string" } })
    });
    variable.into_iter().chain(query).chain(version).collect()
}

fn request_body(call: &Call, schemas: &mut Schemas) -> Option<Json> {
    let (schema, example, required) = match call.takes {
        Takes::Nothing => return None,
        Takes::Members(shape, example) => {
            (schemas.reference(shape), example, shape.keys.iter().any(|key| key.required))
        }
        Takes::Anything(example) => (json!({ "type": "object" }), example, true),
    };
    let example: Json = serde_json::from_str(example).unwrap_or_default();
    let content = json!({ "application/json": { "schema": schema, "example": example } });
    Some(json!({ "required": required, "content": content }))
}

fn responses(call: &Call, schemas: &mut Schemas) -> Json {
    let (status, gives) = call.gives;
    let content = match gives {
        Gives::Members(shape) => json!({ "application/json": { "schema": schemas.reference(shape) } }),
        Gives::Text(media_type) => json!({ media_type: { "schema": { "type": "string" } } }),
    };
    let mut responses = json!({
        status.to_string(): { "description": "It is done.", "content": content },
        "4XX": { "$ref": "#/components/responses/Refused" },
    });
    for (status, why) in call.refuses {
        let content = json!({ "application/json": { "schema": refusal() } });
        responses[status.to_string()] = json!({ "description": why, "content": content });
    }
    responses
}

fn refused() -> Json {
    let content = json!({ "application/json": { "schema": refusal() } });
    json!({ "description": "Why not, as the member `error`.", "content": content })
}

fn refusal() -> Json {
    json!({
        "type": "object",
        "properties": { "error": { "type": "string" } },
        "required": ["error"],
        "additionalProperties": false,
    })
}

/// Every document that goes to and fro, once, by its name.
#[derive(Default)]
struct Schemas(BTreeMap<String, Json>);

impl Schemas {
    fn reference(&mut self, shape: &'static Shape) -> Json {
        let name = title(shape.name);
        if !self.0.contains_key(&name) {
            self.0.insert(name.clone(), Json::Null);
            let schema = self.schema(shape);
            self.0.insert(name.clone(), schema);
        }
        json!({ "$ref": format!("#/components/schemas/{name}") })
    }

    fn schema(&mut self, shape: &'static Shape) -> Json {
        let members: Map<String, Json> =
            shape.keys.iter().map(|key| (key.name.to_owned(), self.member(key))).collect();
        let required: Vec<&str> = shape.keys.iter().filter(|key| key.required).map(|key| key.name).collect();
        json!({
            "type": "object",
            "description": shape.doc,
            "properties": members,
            "required": required,
            "additionalProperties": false,
        })
    }

    fn member(&mut self, key: &Key) -> Json {
        let mut schema = self.value(key.value);
        schema["description"] = json!(key.doc);
        schema
    }

    fn value(&mut self, value: Value) -> Json {
        match value {
            Value::Integer => json!({ "type": "integer", "minimum": 0 }),
            Value::Bool => json!({ "type": "boolean" }),
            Value::Null => json!({ "type": "null" }),
            Value::Choice(words) => json!({ "enum": words }),
            Value::List(item) => json!({ "type": "array", "items": self.value(*item) }),
            Value::Map(item) => json!({ "type": "object", "additionalProperties": self.value(*item) }),
            Value::Object(shape) => self.reference(shape),
            Value::AnyOf(values) => {
                let any: Vec<Json> = values.iter().map(|value| self.value(*value)).collect();
                json!({ "anyOf": any })
            }
            Value::Any => json!({}),
            _ => json!({ "type": "string" }),
        }
    }
}

/// `a step of the clock` as `StepOfTheClock`.
fn title(name: &str) -> String {
    let words =
        name.split(' ').enumerate().filter(|(at, word)| *at > 0 || !["a", "an", "the"].contains(word));
    words.map(|(_, word)| word[..1].to_uppercase() + &word[1..]).collect()
}
