//! The keys of a fragment file.

use super::STEPS;
use crate::scenario::fragment::Type;
use crate::yaml::{Key, Shape, Value, words};

/// A fragment file.
pub static FRAGMENT: Shape = Shape {
    name: "a fragment",
    doc: "Steps that several scenarios have in common.",
    keys: &[
        Key::required("title", Value::Text, "What it does, as a sentence without a full stop.").like("A job is started"),
        Key::optional(
            "inputs",
            Value::Map(&Value::Object(&INPUT)),
            "What whoever uses it says: `${{ input.NAME }}`.",
        ).or("{}").like("{ seconds: { type: number, default: 30 } }"),
        Key::optional(
            "outputs",
            Value::Map(&Value::Choice(&words(&Type::WORDS))),
            "The captured names that whoever uses it gets, each with what it is.",
        ).or("{}").like("{ job: url }"),
        Key::required("steps", STEPS, "What is done and judged, in order.").like("[{ name: post the order, request: { post: /jobs, json: { seconds: \"${{ input.seconds }}\" } }, capture: { job: location } }]"),
    ],
};

/// An entry of a fragment's `inputs`.
pub(in crate::scenario) static INPUT: Shape = Shape {
    name: "an input",
    doc: "What whoever uses a fragment says.",
    keys: &[
        Key::required(
            "type",
            Value::Choice(&words(&Type::WORDS)),
            "What it is; a `url` is a whole one, with `http://` or `https://`.",
        )
        .like("number"),
        Key::optional(
            "default",
            Value::Any,
            "What it is if nothing is said; without a default something must be.",
        )
        .like("30"),
    ],
};
