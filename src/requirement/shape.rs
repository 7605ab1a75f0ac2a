//! What a registry file may hold: one table for the decoder, its messages and the editors' schema.

use super::Level;
use super::registry::Who;
use crate::yaml::{Key, Shape, Value, words};

/// What a registry file looks like.
pub static SHAPE: Shape = Shape {
    name: "a registry",
    doc: "The numbered requirements of one protocol, its open questions and its optional parts.",
    keys: &[
        Key::required("profile", Value::Text, "The protocol's name, as scenarios write it."),
        Key::required("title", Value::Text, "What the protocol is called by people."),
        Key::required("source", Value::Text, "The document that the requirements come from."),
        Key::optional("capabilities", Value::Map(&Value::Text), "Optional parts, each with what it means."),
        Key::optional("policies", Value::Map(&Value::Object(&POLICY)), "Open questions and their answers."),
        Key::required("requirements", Value::List(&Value::Object(&REQUIREMENT)), "The demands, in order."),
    ],
};

pub(super) static POLICY: Shape = Shape {
    name: "a policy key",
    doc: "A question that the source leaves open.",
    keys: &[
        Key::optional("row", Value::Text, "The row of the table of ambiguities, if there is one."),
        Key::required("values", Value::List(&Value::Any), "The legal answers, the default first."),
        Key::optional("strict", Value::Any, "The literal reading, where it is not the default."),
        Key::optional("lenient", Value::Any, "The tolerant reading, where it is not the default."),
        Key::required("summary", Value::Text, "What the question is."),
    ],
};

pub(super) static REQUIREMENT: Shape = Shape {
    name: "a requirement",
    doc: "One numbered demand.",
    keys: &[
        Key::required("id", Value::Text, "The id; never renumbered."),
        Key::required("level", Value::Choice(&words(&Level::WORDS)), "How binding it is."),
        Key::optional(
            "who",
            Value::List(&Value::Choice(&words(&Who::WORDS))),
            "Whom it binds: server, client, harness; the server, if left out.",
        ),
        Key::required("statement", Value::Text, "What must be so, in one sentence."),
        Key::required("clause", Value::Text, "Where it stands in the source."),
        Key::optional(
            "record",
            Value::AnyOf(&[Value::Choice(&["always"]), Value::Object(&RECORD)]),
            "Says that a violation is only recorded.",
        ),
        Key::optional("policy", Value::List(&Value::Text), "The policy keys that influence the judgement."),
        Key::optional("capability", Value::Text, "The capability without which it does not apply."),
        Key::optional("untested", Value::Text, "Why no run can judge it."),
    ],
};

pub(super) static RECORD: Shape = Shape {
    name: "a record rule",
    doc: "When a violation is only recorded.",
    keys: &[Key::required(
        "unless",
        Value::Map(&Value::List(&Value::Any)),
        "Policy keys with the values under which the violation counts.",
    )],
};
