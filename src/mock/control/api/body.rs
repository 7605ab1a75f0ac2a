//! The body of a call, held against the table of its members.

use serde_json::{Map, Value};

use crate::diagnostic::nearest;
use crate::yaml::{self, Shape};

/// The members of a body, or what is wrong with it.
pub(super) fn read(bytes: &[u8], shape: Option<&'static Shape>) -> Result<Map<String, Value>, String> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return complete(Map::new(), shape);
    }
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(members)) => complete(members, shape),
        Ok(_) => Err("the body is JSON, but not an object".to_owned()),
        Err(error) => Err(format!("the body is not JSON: {error}")),
    }
}

fn complete(
    members: Map<String, Value>,
    shape: Option<&'static Shape>,
) -> Result<Map<String, Value>, String> {
    let keys = shape.map_or(&[][..], |shape| shape.keys);
    for (name, value) in &members {
        let Some(key) = keys.iter().find(|key| key.name == name) else { return Err(unknown(name, keys)) };
        if !fits(value, key.value) {
            return Err(format!("`{name}` must be {}, not {value}", wanted(key.value)));
        }
    }
    match keys.iter().find(|key| key.required && !members.contains_key(key.name)) {
        Some(missing) => Err(format!("`{}` is missing", missing.name)),
        None => Ok(members),
    }
}

fn unknown(name: &str, keys: &[yaml::Key]) -> String {
    let names: Vec<&str> = keys.iter().map(|key| key.name).collect();
    match nearest(name, names.iter().copied()) {
        Some(near) => format!("there is no member `{name}`; did you mean `{near}`?"),
        None if names.is_empty() => format!("there is no member `{name}`: this call takes none"),
        None => format!("there is no member `{name}`; there are {}", names.join(", ")),
    }
}

fn fits(value: &Value, wanted: yaml::Value) -> bool {
    match wanted {
        yaml::Value::Text | yaml::Value::Duration => value.is_string(),
        yaml::Value::Integer => value.is_u64(),
        yaml::Value::Bool => value.is_boolean(),
        yaml::Value::List(item) => {
            value.as_array().is_some_and(|items| items.iter().all(|own| fits(own, *item)))
        }
        yaml::Value::Map(item) => {
            value.as_object().is_some_and(|members| members.values().all(|own| fits(own, *item)))
        }
        _ => true,
    }
}

fn wanted(value: yaml::Value) -> &'static str {
    match value {
        yaml::Value::Text => "a text",
        yaml::Value::Duration => "a duration such as \"15m\"",
        yaml::Value::Integer => "a whole number, 0 or more",
        yaml::Value::Bool => "true or false",
        yaml::Value::List(_) => "a list",
        _ => "an object",
    }
}
