//! What a registry file may hold: one table for the decoder, its messages and the editors' schema.

use super::Level;
use super::registry::Who;
use crate::yaml::{Key, Shape, Value, words};

/// What a registry file looks like.
pub static SHAPE: Shape = Shape {
    name: "a registry",
    doc: "The numbered requirements of one protocol, its open questions and its optional parts.",
    keys: &[
        Key::required("profile", Value::Text, "The protocol's name, as scenarios write it.").like("http"),
        Key::required("title", Value::Text, "What the protocol is called by people.").like("Jobs over HTTP"),
        Key::required("source", Value::Text, "The document that the requirements come from.").like("our API guide"),
        Key::optional("capabilities", Value::Map(&Value::Text), "Optional parts, each with what it means.").or("{}").like("{ cancel: Jobs can be taken back. }"),
        Key::optional("policies", Value::Map(&Value::Object(&POLICY)), "Open questions and their answers.").or("{}").like("{ after_cancel: { values: [any, gone], summary: What a job that was taken back looks like. } }"),
        Key::required("requirements", Value::List(&Value::Object(&REQUIREMENT)), "The demands, in order.").like("[{ id: JOB-START-01, level: MUST, statement: A job is answered with 202., clause: \"4.1\" }]"),
    ],
};

pub(super) static POLICY: Shape = Shape {
    name: "a policy key",
    doc: "A question that the source leaves open.",
    keys: &[
        Key::optional("row", Value::Text, "The row of the table of ambiguities, if there is one.")
            .like("E08"),
        Key::required("values", Value::List(&Value::Any), "The legal answers, the default first.")
            .like("[any, gone, error]"),
        Key::optional("strict", Value::Any, "The literal reading, where it is not the default.").like("gone"),
        Key::optional("lenient", Value::Any, "The tolerant reading, where it is not the default.")
            .like("any"),
        Key::required("summary", Value::Text, "What the question is.")
            .like("What a job that was taken back looks like."),
    ],
};

pub(super) static REQUIREMENT: Shape = Shape {
    name: "a requirement",
    doc: "One numbered demand.",
    keys: &[
        Key::required(
            "id",
            Value::Text,
            "The id: capital words and a number of two digits or more, joined by hyphens; never renumbered.",
        )
        .like("JOB-START-01"),
        Key::required("level", Value::Choice(&words(&Level::WORDS)), "How binding it is.").like("MUST"),
        Key::optional(
            "who",
            Value::List(&Value::Choice(&words(&Who::WORDS))),
            "Whom it binds: server, client, harness; the server, if left out.",
        )
        .or("[S]")
        .like("[S, C]"),
        Key::required("statement", Value::Text, "What must be so, in one sentence.")
            .like("A job that is accepted is answered with 202."),
        Key::required("clause", Value::Text, "Where it stands in the source.").like("\"4.1\""),
        Key::optional(
            "record",
            Value::AnyOf(&[Value::Choice(&["always"]), Value::Object(&RECORD)]),
            "Says that a violation is only recorded.",
        )
        .like("{ unless: { after_cancel: [gone] } }"),
        Key::optional("policy", Value::List(&Value::Text), "The policy keys that influence the judgement.")
            .or("[]")
            .like("[after_cancel]"),
        Key::optional("capability", Value::Text, "The capability without which it does not apply.")
            .like("cancel"),
        Key::optional("untested", Value::Text, "Why no run can judge it.")
            .like("It cannot be seen from outside."),
    ],
};

pub(super) static RECORD: Shape = Shape {
    name: "a record rule",
    doc: "When a violation is only recorded.",
    keys: &[Key::required(
        "unless",
        Value::Map(&Value::List(&Value::Any)),
        "Policy keys with the values under which the violation counts.",
    )
    .like("{ after_cancel: [gone, error] }")],
};
