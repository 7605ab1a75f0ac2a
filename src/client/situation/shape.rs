//! What a file of a situation may hold: one table for the decoder, its messages and the editors' schema.

use super::{Action, Conduct};
use crate::mock::fault;
use crate::yaml::{Key, Shape, Value, words};

/// What a situation looks like.
pub static SHAPE: Shape = Shape {
    name: "a situation",
    doc: "What a mock is like, what a client is to do there, and how a right one ends.",
    keys: &[
        Key::required("title", Value::Text, "What happens, in one sentence.")
            .like("The job ends after three looks"),
        Key::required("task", Value::Object(&TASK), "What the client is to do.")
            .like("{ action: invoke, fixture: short }"),
        Key::optional(
            "mock",
            Value::Object(&MOCK),
            "What the mock is like, as far as that is not the default.",
        )
        .or("{}")
        .like("{ faults: gentle-502 }"),
        Key::optional("limits", Value::Object(&LIMITS), "How long and how often the client may ask.")
            .or("{}")
            .like("{ attempts: 3 }"),
        Key::required("client", Value::Choice(&words(&Conduct::WORDS)), "How a right client ends.")
            .like("success"),
        Key::required("exercises", Value::List(&Value::Text), "The rules that a right client exercises.")
            .like("[CV-POLL-2, CV-OUT-1]"),
    ],
};

pub(super) static TASK: Shape = Shape {
    name: "a task",
    doc: "What the client is to do.",
    keys: &[
        Key::required("action", Value::Choice(&words(&Action::WORDS)), "What kind of thing.").like("invoke"),
        Key::required("fixture", Value::Text, "The name of the mock's trigger or process.").like("short"),
        Key::optional("arguments", Value::Map(&Value::Any), "The arguments of the job.")
            .or("{}")
            .like("{ rows: 12 }"),
        Key::optional("file", Value::Text, "The file to fetch.").like("12.txt"),
        Key::optional("fails", Value::Bool, "Whether the job ends in an error.").or("no").like("yes"),
        Key::optional("endless", Value::Bool, "Whether the job never ends.").or("no").like("yes"),
    ],
};

pub(super) static MOCK: Shape = Shape {
    name: "a mock's setting",
    doc: "What the mock is like, as far as that is not the default.",
    keys: &[
        Key::optional("policy", Value::Map(&Value::Scalar), "Open choices of the documents, settled.")
            .or("{}")
            .like("{ location: relative }"),
        Key::optional("principal", Value::Text, "Whose credential the client gets; `owner` if not said.")
            .or("owner")
            .like("noview"),
        Key::optional(
            "redirect_auth",
            Value::Choice(&words(&REDIRECT_AUTH)),
            "Which calls of a long poll need the bearer.",
        )
        .or("required")
        .like("initial-only"),
        Key::optional("hold", Value::Duration, "How long a waiting call is held.").like("2s"),
        Key::optional("foreign", Value::Bool, "Whether references lead to another origin.")
            .or("no")
            .like("yes"),
        Key::optional(
            "faults",
            Value::AnyOf(&[fault::RULES, fault::PLAN_OR_PRESET]),
            "What happens to calls on their way: rules, a fault plan, or the name of a preset.",
        )
        .like("gentle-502"),
    ],
};

pub(super) static LIMITS: Shape = Shape {
    name: "limits",
    doc: "How long and how often the client may ask.",
    keys: &[
        Key::optional("interval", Value::Duration, "The pause between two looks that the client is told.")
            .or("50ms")
            .like("500ms"),
        Key::optional("attempts", Value::Integer, "How many looks the client is told to make at the most.")
            .or("40")
            .like("3"),
        Key::optional("time", Value::Duration, "How long the client may run.").or("1m").like("30s"),
        Key::optional("requests", Value::Integer, "After how many requests it is stopped.")
            .or("120")
            .like("50"),
    ],
};

pub(super) const REDIRECT_AUTH: [(&str, bool); 2] = [("required", false), ("initial-only", true)];
