//! What the shapes say about a place of the tree: what may stand below it, and which scalar belongs there.

use crate::yaml::{Kind, Value};

/// What may stand at a key below this place.
pub(super) fn member(value: &Value, key: &str) -> Option<&'static Value> {
    match value {
        Value::Object(shape) => shape.keys.iter().find(|own| own.name == key).map(|own| &own.value),
        Value::Map(inner) => Some(*inner),
        Value::Recursive(shape) => member(&Value::Object(shape()), key),
        Value::AnyOf(values) => values.iter().find_map(|value| member(value, key)),
        Value::Any => Some(&Value::Any),
        _ => None,
    }
}

/// What the items of a list at this place may be.
pub(super) fn item(value: &Value) -> Option<&'static Value> {
    match value {
        Value::List(inner) | Value::OneOrMore(inner) => Some(*inner),
        Value::AnyOf(values) => values.iter().find_map(item),
        Value::Any => Some(&Value::Any),
        _ => None,
    }
}

/// The keys that a mapping at this place may have, where they are a closed set.
pub(super) fn keys(value: &Value) -> Vec<&'static str> {
    match value {
        Value::Object(shape) => shape.keys.iter().map(|key| key.name).collect(),
        Value::Recursive(shape) => shape().keys.iter().map(|key| key.name).collect(),
        Value::AnyOf(values) => values.iter().flat_map(keys).collect(),
        _ => Vec::new(),
    }
}

/// Whether a scalar may stand here.
pub(super) fn takes_scalar(value: &Value) -> bool {
    match value {
        Value::AnyOf(values) => values.iter().any(takes_scalar),
        Value::OneOrMore(inner) => takes_scalar(inner),
        Value::List(_) | Value::Map(_) | Value::Object(_) | Value::Recursive(_) => false,
        _ => true,
    }
}

/// Text from outside the file as the scalar that belongs here: a token of digits stays text.
pub(super) fn scalar(value: &Value, text: &str) -> Kind {
    if !takes_other_than_text(value) {
        return Kind::Text(text.to_owned());
    }
    match (text, text.parse::<i64>()) {
        ("true", _) => Kind::Bool(true),
        ("false", _) => Kind::Bool(false),
        (_, Ok(integer)) => Kind::Integer(integer),
        _ => Kind::Text(text.to_owned()),
    }
}

fn takes_other_than_text(value: &Value) -> bool {
    match value {
        Value::AnyOf(values) => values.iter().any(takes_other_than_text),
        Value::OneOrMore(inner) => takes_other_than_text(inner),
        Value::Integer | Value::Between(..) | Value::Bool | Value::Scalar | Value::Any => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(Value::Text, "12345678", Kind::Text("12345678".to_owned()))]
    #[case(Value::Duration, "5s", Kind::Text("5s".to_owned()))]
    #[case(Value::Integer, "8", Kind::Integer(8))]
    #[case(Value::AnyOf(&[Value::Choice(&["none"]), Value::Integer]), "8", Kind::Integer(8))]
    #[case(Value::AnyOf(&[Value::Choice(&["none"]), Value::Integer]), "none", Kind::Text("none".to_owned()))]
    #[case(Value::Bool, "true", Kind::Bool(true))]
    #[case(Value::Bool, "no", Kind::Text("no".to_owned()))]
    fn the_place_decides_what_a_text_becomes(#[case] place: Value, #[case] text: &str, #[case] kind: Kind) {
        assert_eq!(scalar(&place, text), kind);
    }
}
