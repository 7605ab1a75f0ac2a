//! The keys of a snapshot.

use crate::scenario::RedactedPart;
use crate::yaml::{Key, Shape, Value};

/// `snapshot`.
pub(in crate::scenario) static SNAPSHOT: Shape = Shape {
    name: "`snapshot`",
    doc: "The golden copy of an answer.",
    keys: &[
        Key::required("name", Value::Text, "Its name, unique in the scenario.").like("answer"),
        Key::optional(
            "trace",
            Value::Bool,
            "Keeps every answer of the case up to this one; how often an answer was repeated is not kept.",
        )
        .or("no")
        .like("yes"),
        Key::optional(
            "redact",
            Value::List(&Value::AnyOf(&[Value::Text, Value::Object(&REDACTION)])),
            "What of it is not kept; a text is a place in a JSON body.",
        )
        .or("[]")
        .like("[/items/*/created, { header: x-request-id }]"),
    ],
};

/// An entry of `redact`.
pub(in crate::scenario) static REDACTION: Shape = Shape {
    name: "a redaction",
    doc: "Something that a snapshot does not keep: one of `at`, `header` and `pattern`.",
    keys: &[
        Key::optional(
            REDACTED_PARTS[0].0,
            Value::Text,
            "A place in a JSON body: a JSON Pointer in which `*` is every member or item.",
        )
        .like("/items/*/created"),
        Key::optional(REDACTED_PARTS[1].0, Value::Text, "The value of a header.").like("x-request-id"),
        Key::optional(
            REDACTED_PARTS[2].0,
            Value::Text,
            "Whatever fits this regular expression, in headers and in the texts of a body.",
        )
        .like("\"[0-9]+ ms\""),
        Key::optional("as", Value::Text, "What stands in its place, in brackets; `redacted`, if left out.")
            .or("redacted")
            .like("instant"),
    ],
};

/// What a redaction may speak of.
pub(in crate::scenario) const REDACTED_PARTS: [(&str, RedactedPart); 3] =
    [("at", RedactedPart::Place), ("header", RedactedPart::Header), ("pattern", RedactedPart::Pattern)];
