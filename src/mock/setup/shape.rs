//! What a configuration file may hold: one table for the decoder, its messages and the editors' schema.

use crate::mock::configuration::RedirectAuth;
use crate::mock::fault::PLAN_OR_PRESET;
use crate::mock::fixture::{Mode, Pace};
use crate::mock::server::LIMITS_SHAPE as LIMITS;
use crate::yaml::{Key, Shape, Value, words};

/// A whole configuration file.
pub static SHAPE: Shape = Shape {
    name: "a mock's configuration",
    doc: "How a mock behaves, and what it offers.",
    keys: &[
        Key::required("mock", Value::Integer, "The version of this form: 1.").like("1"),
        Key::optional(
            "built_in",
            Value::Choice(&words(&BUILT_IN)),
            "Which of its own processes and triggers the mock offers besides: with long jobs, with quick ones, or none.",
        ).like("none"),
        Key::optional("clock", Value::Text, "How time passes: `real`, `scale:N`, `virtual` or `auto`.").like("auto"),
        Key::optional("seed", Value::Integer, "Where ids and chances come from.").like("7"),
        Key::optional("hold", Value::Duration, "How long a waiting call is held before it is redirected.").like("10s"),
        Key::optional("cap", Value::Duration, "The longest life of a job that a caller waits for.").like("2m"),
        Key::optional(
            "redirect_auth",
            Value::Choice(&words(&RedirectAuth::WORDS)),
            "Which calls of a long poll need the bearer.",
        ).or("required").like("initial-only"),
        Key::optional(
            "policy",
            Value::Map(&Value::Scalar),
            "Open choices of the documents, and how they are settled.",
        ).or("{}").like("{ location: relative }"),
        Key::optional("defects", Value::List(&Value::Text), "Deliberate violations.").or("[]").like("[UIP-ASYNC-12/no-location]"),
        Key::optional("noises", Value::List(&Value::Text), "Harmless differences.").or("[]").like("[bad-gateway]"),
        Key::optional(
            "faults",
            PLAN_OR_PRESET,
            "What happens to calls: a fault plan, or the name of a preset.",
        ).like("gentle-502"),
        Key::optional("limits", Value::Object(&LIMITS), "How much the mock takes from its callers.").or("{}").like("{ body: 1MiB }"),
        Key::optional("elma", Value::Object(&ELMA), "The task queue.").like("{ processes: { report: { process: report-1, runs: 2s } } }"),
        Key::optional("uipath", Value::Object(&UIPATH), "The triggers.").like("{ triggers: { report: { runs: 2s, output: { rows: 12 } } } }"),
    ],
};

/// The words for the mock's own fixtures.
pub(super) const BUILT_IN: [(&str, Option<Pace>); 3] =
    [("long", Some(Pace::Embedded)), ("quick", Some(Pace::Quick)), ("none", None)];

pub(super) static ELMA: Shape = Shape {
    name: "the elma block",
    doc: "The task queue.",
    keys: &[
        Key::optional(
            "principals",
            Value::Map(&Value::Object(&SYSTEM)),
            "The external systems that may call.",
        )
        .or("{}")
        .like("{ app: { token: app-token } }"),
        Key::optional("processes", Value::Map(&Value::Object(&PROCESS)), "What tasks can be created for.")
            .or("{}")
            .like("{ report: { process: report-1, runs: 2s } }"),
    ],
};

pub(super) static UIPATH: Shape = Shape {
    name: "the uipath block",
    doc: "The triggers.",
    keys: &[
        Key::optional("principals", Value::Map(&Value::Object(&BEARER)), "Who may call.")
            .or("{}")
            .like("{ app: { bearer: app-token } }"),
        Key::optional("triggers", Value::Map(&Value::Object(&TRIGGER)), "What starts jobs.")
            .or("{}")
            .like("{ report: { runs: 2s, output: { rows: 12 } } }"),
    ],
};

pub(super) static SYSTEM: Shape = Shape {
    name: "a system",
    doc: "An external system.",
    keys: &[
        Key::required("token", Value::Text, "The token that calls carry as `auth_tkn`.").like("app-token"),
        Key::optional("locked", Value::Bool, "Whether it is refused everywhere.").or("no").like("yes"),
    ],
};

pub(super) static BEARER: Shape = Shape {
    name: "a bearer",
    doc: "Somebody with a bearer token.",
    keys: &[
        Key::required("bearer", Value::Text, "The token behind `Authorization: Bearer`.").like("app-token"),
        Key::optional("views_jobs", Value::Bool, "Whether it may look at jobs; `yes` if not said.")
            .or("yes")
            .like("no"),
    ],
};

macro_rules! job_keys {
    ($($own:expr),* $(,)?) => {
        &[
            $($own,)*
            Key::optional("queued", HELD_OR_DURATION, "How long a job waits before it runs, or `held`: until it is released.").like("5s"),
            Key::optional("runs", RUNS, "How long it runs; `manual`: until it is completed; `polls`: so many looks.").like("{ polls: 3 }"),
            Key::optional("output", Value::Any, "What it gives in the end; its own arguments, if nothing is said.").like("{ rows: 12 }"),
            Key::optional("fault", Value::Text, "The error that it ends with, instead of an output.").like("no such customer"),
        ]
    };
}

pub(super) static PROCESS: Shape = Shape {
    name: "a process",
    doc: "What tasks can be created for.",
    keys: job_keys![
        Key::required("process", Value::Text, "The token of the process.").like("report-1"),
        Key::optional("versions", Value::Integer, "The highest version; all from 1 up to it exist.")
            .or("1")
            .like("2"),
        Key::optional("prepares", Value::Duration, "How much of the time in the queue is preparation.")
            .like("1s"),
        Key::optional("files", Value::Map(&Value::Object(&FILE)), "The files that a task leaves behind.")
            .or("{}")
            .like("{ 12.txt: { text: hello } }"),
    ],
};

pub(super) static TRIGGER: Shape = Shape {
    name: "a trigger",
    doc: "What starts jobs.",
    keys: job_keys![
        Key::optional("verb", Value::Choice(VERBS), "The method that starts a job; `POST` if not said.")
            .or("POST")
            .like("PUT"),
        Key::optional("mode", Value::Choice(&words(&Mode::WORDS)), "The mode of a call that names none.")
            .like("LongPolling"),
        Key::optional("enabled", Value::Bool, "Whether it starts jobs at all.").or("yes").like("no"),
    ],
};

/// What the next jobs are to do; the control API takes it.
pub(in crate::mock) static SCRIPT: Shape = Shape {
    name: "a script",
    doc: "What the next jobs that fit it are to do; what is not given is as their process or trigger has it.",
    keys: job_keys![
        Key::optional("fixture", Value::Text, "Only jobs of this process or trigger.").like("report"),
        Key::optional(
            "arguments",
            Value::Map(&Value::Any),
            "Only jobs that are given these arguments, and maybe others."
        )
        .or("{}")
        .like("{ rows: 12 }"),
        Key::optional("times", Value::Integer, "How many jobs; 1 if not given.").or("1").like("2"),
        Key::optional("files", Value::Map(&Value::Object(&FILE)), "The files that a task leaves behind.")
            .or("{}")
            .like("{ 12.txt: { text: hello } }"),
    ],
};

pub(super) const VERBS: &[&str] = &["GET", "POST", "PUT", "DELETE"];

/// The word for a job that stays in the queue.
pub(super) const HELD: &str = "held";
/// The word for a job that nobody but a hook or the control API ends.
pub(super) const MANUAL: &str = "manual";

const HELD_OR_DURATION: Value = Value::AnyOf(&[Value::Duration, Value::Choice(&[HELD])]);
const RUNS: Value = Value::AnyOf(&[Value::Duration, Value::Choice(&[MANUAL]), Value::Object(&POLLS)]);

pub(super) static POLLS: Shape = Shape {
    name: "a number of looks",
    doc: "A job that ends once it was looked at.",
    keys: &[Key::required("polls", Value::Integer, "How many looks find it running.").like("3")],
};

pub(super) static FILE: Shape = Shape {
    name: "a file",
    doc: "What is in a file: exactly one of these.",
    keys: &[
        Key::optional("text", Value::Text, "A text.").like("hello"),
        Key::optional("base64", Value::Text, "Any bytes, in Base64.").like("aGVsbG8="),
        Key::optional("size", Value::Integer, "So many bytes, it does not matter which.").like("4096"),
    ],
};
