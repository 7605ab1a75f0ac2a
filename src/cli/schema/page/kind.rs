//! What may stand at a key, in words and links.

use super::super::form::Form;
use super::{code, title};
use crate::yaml::{Key, Shape, Value};

/// The section on the places of an answer.
const PLACES: &str = "places-of-an-answer";

/// What may stand at a key.
pub(super) fn of(shape: &Shape, key: &Key, form: &Form) -> String {
    let Some(shapes) = form.members(shape, key) else { return words(&key.value, form) };
    let mut all: Vec<String> = shapes.iter().map(|shape| link(shape, form)).collect();
    if let Value::AnyOf(values) = key.value {
        let others = values.iter().filter(|value| !matches!(value, Value::Map(_)));
        all.extend(others.map(|value| words(value, form)));
    }
    all.join(" or ")
}

fn words(value: &Value, form: &Form) -> String {
    match value {
        Value::Text => "text".to_owned(),
        Value::Integer => "whole number".to_owned(),
        Value::Between(only, most) if only == most => code(&only.to_string()),
        Value::Between(least, u64::MAX) => format!("whole number, {least} or more"),
        Value::Between(least, most) => format!("whole number from {least} to {most}"),
        Value::Size => "size".to_owned(),
        Value::Expression => "expression".to_owned(),
        Value::Bool => "`yes` or `no`".to_owned(),
        Value::Duration => "duration".to_owned(),
        Value::Scalar => "text, number or truth value".to_owned(),
        Value::Null => "`null`".to_owned(),
        Value::Any => "anything".to_owned(),
        Value::Choice(all) => all.iter().map(|word| code(word)).collect::<Vec<_>>().join(", "),
        Value::List(item) => format!("list of: {}", words(item, form)),
        Value::OneOrMore(item) => format!("one or a list of: {}", words(item, form)),
        Value::Map(item) => format!("mapping of names to: {}", words(item, form)),
        Value::Object(shape) => link(shape, form),
        Value::Recursive(shape) if form.pattern(shape()).is_some() => format!("[place](#{PLACES})"),
        Value::Recursive(shape) => link(shape(), form),
        Value::AnyOf(values) => {
            let all: Vec<String> = values.iter().map(|value| words(value, form)).collect();
            all.join(" or ")
        }
    }
}

/// A link to the section of a mapping, by the rule by which GitHub names sections.
fn link(shape: &'static Shape, form: &Form) -> String {
    let title = title(form.standing_for(shape).name);
    let kept = |letter: &char| letter.is_alphanumeric() || [' ', '-', '_'].contains(letter);
    let anchor: String = title.to_lowercase().chars().filter(kept).collect();
    format!("[{title}](#{})", anchor.replace(' ', "-"))
}
