//! What the bodies of calls and answers may hold: one table for the checks, their messages and the description.

use crate::mock::engine::{Cause, State};
use crate::mock::protocol::Operation;
use crate::yaml::{Key, Shape, Value, words};

/// What is there, or nothing.
const NUMBER_OR_NULL: Value = Value::AnyOf(&[Value::Integer, Value::Null]);
const TEXT_OR_NULL: Value = Value::AnyOf(&[Value::Text, Value::Null]);
/// A plan is looked into by the decoder of plans, which says more of a mistake.
const FAULTS_OR_PRESET: Value = Value::AnyOf(&[Value::Text, Value::Map(&Value::Any)]);

pub(super) static READY: Shape = Shape {
    name: "the readiness",
    doc: "The mock can be used.",
    keys: &[Key::required("ready", Value::Bool, "Always true: before, nobody answers.")],
};

pub(super) static VERSION: Shape = Shape {
    name: "the version",
    doc: "Which program this is.",
    keys: &[
        Key::required("program", Value::Text, "Its name."),
        Key::required("version", Value::Text, "Its version."),
    ],
};

pub(super) static DESCRIPTION: Shape = Shape {
    name: "the description",
    doc: "The calls, as OpenAPI.",
    keys: &[
        Key::required("openapi", Value::Text, "The version of OpenAPI."),
        Key::required("info", Value::Map(&Value::Any), "What is described."),
        Key::required("servers", Value::List(&Value::Any), "Where it is served."),
        Key::required("paths", Value::Map(&Value::Any), "The calls by path and method."),
        Key::required("components", Value::Map(&Value::Any), "The documents that go to and fro."),
        Key::required("security", Value::List(&Value::Any), "What a call must show."),
    ],
};

pub(super) static SESSIONS: Shape = Shape {
    name: "the sessions",
    doc: "Which sessions there are.",
    keys: &[Key::required("sessions", Value::List(&Value::Text), "Their names, the default one first.")],
};

pub(super) static SESSION: Shape = Shape {
    name: "a session",
    doc: "A mock of its own; what is not given is as in the default session.",
    keys: &[
        Key::required("name", Value::Text, "Its name, which stands in its paths."),
        Key::optional(
            "configuration",
            Value::Map(&Value::Any),
            "What may stand in a configuration file (`orchspec schema mock`); the other members come on top.",
        ),
        Key::optional("clock", Value::Text, "`real`, `scale:N`, `virtual` or `auto`."),
        Key::optional("seed", Value::Integer, "Where ids and chances come from."),
        Key::optional("hold", Value::Duration, "How long a waiting call is held."),
        Key::optional("cap", Value::Duration, "The longest life of a job that a caller waits for."),
        Key::optional(
            "faults",
            FAULTS_OR_PRESET,
            "What happens to calls: a fault plan, or the name of a preset.",
        ),
        Key::optional("policy", Value::Map(&Value::Text), "Open choices and how they are settled."),
        Key::optional("defects", Value::List(&Value::Text), "Deliberate violations."),
        Key::optional("noises", Value::List(&Value::Text), "Harmless differences."),
    ],
};

pub(super) static CREATED: Shape = Shape {
    name: "a created session",
    doc: "Where a session is.",
    keys: &[
        Key::required("name", Value::Text, "Its name."),
        Key::required("prefix", Value::Text, "What stands before the path of each of its calls."),
        Key::required("elma", Value::Text, "The base URL of its task queue."),
        Key::required("uipath", Value::Text, "The base URL of its triggers."),
        Key::required("control", TEXT_OR_NULL, "The base URL of the calls that steer it."),
        Key::required("hooks", TEXT_OR_NULL, "`hooks.url` for a target file."),
    ],
};

pub(super) static DELETED: Shape = Shape {
    name: "a deleted session",
    doc: "A session that is gone.",
    keys: &[Key::required("deleted", Value::Text, "Its name.")],
};

pub(super) static HOOKED: Shape = Shape {
    name: "the answer of a hook",
    doc: "What an operation came to.",
    keys: &[
        Key::optional("id", Value::Any, "That of the message."),
        Key::required("ok", Value::Bool, "Whether it was done."),
        Key::optional("unsupported", Value::Bool, "There is no such operation here."),
        Key::optional("error", Value::Text, "Why it was not done."),
        Key::optional("ops", Value::List(&Value::Text), "Every operation; of `hello`."),
        Key::optional("count", Value::Integer, "How many jobs there are; of `count`."),
        Key::optional("state", Value::Text, "Where the job stands; of `inspect`."),
        Key::optional("version", Value::Integer, "How often the job has moved; of `inspect`."),
        Key::optional("now_ms", Value::Integer, "Where the clock stands; of `advance`."),
    ],
};

pub(super) static JOBS: Shape = Shape {
    name: "the jobs",
    doc: "Every job that is remembered.",
    keys: &[Key::required("jobs", Value::List(&Value::Object(&JOB)), "The jobs, the oldest first.")],
};

pub(super) static JOB: Shape = Shape {
    name: "a job",
    doc: "A job as it stands.",
    keys: &[
        Key::required("id", Value::Integer, "What names it here; callers never see it."),
        Key::required("number", Value::Integer, "The number by which callers know it, where they do."),
        Key::required("fixture", Value::Text, "The process or trigger."),
        Key::required("owner", Value::Text, "The principal who created it."),
        Key::required("state", Value::Choice(&words(&State::WORDS)), "Where it stands."),
        Key::required("version", Value::Integer, "How often it has moved."),
        Key::required("held", Value::Bool, "Whether its own time stands still until it is released."),
        Key::required("due_ms", NUMBER_OR_NULL, "When it moves by itself, by the mock's clock."),
        Key::required("moves", Value::List(&Value::Object(&MOVE)), "Every move so far, the oldest first."),
        Key::required("arguments", Value::Any, "What it was given."),
        Key::optional("output", Value::Any, "What it comes to, unless that is an error."),
        Key::optional("error", Value::Text, "The error that it comes to."),
    ],
};

static MOVE: Shape = Shape {
    name: "a move",
    doc: "One move of a job.",
    keys: &[
        Key::optional("job", Value::Integer, "The job, where moves of several stand together."),
        Key::required("version", Value::Integer, "Its place among the moves of its job, the first being 1."),
        Key::required("to", Value::Text, "Where to."),
        Key::required("cause", Value::Choice(&words(&Cause::WORDS)), "What moved the job."),
        Key::required("at_ms", Value::Integer, "When, by the mock's clock."),
    ],
};

pub(super) static SCRIPTS: Shape = Shape {
    name: "the scripts",
    doc: "What jobs to come are to do.",
    keys: &[Key::required("scripts", Value::List(&Value::Object(&SCRIPT)), "The scripts, the oldest first.")],
};

pub(super) static SCRIPT: Shape = Shape {
    name: "a script that is set",
    doc: "What jobs to come are to do, as it was given.",
    keys: &[
        Key::required("id", Value::Integer, "What names it."),
        Key::required("used", Value::Integer, "How many jobs it has had."),
        Key::required("times", Value::Integer, "How many it is for."),
        Key::required("fixture", TEXT_OR_NULL, "The process or trigger, if it is for one alone."),
        Key::required("arguments", Value::Map(&Value::Any), "What its jobs are given."),
        Key::optional("queued", Value::Text, "How long they wait before they run."),
        Key::optional(
            "runs",
            Value::AnyOf(&[Value::Text, Value::Map(&Value::Integer)]),
            "How long they run.",
        ),
        Key::optional("output", Value::Any, "What they give in the end."),
        Key::optional("fault", Value::Text, "The error that they end with."),
        Key::optional("files", Value::List(&Value::Text), "The names of the files that they leave behind."),
    ],
};

pub(super) static COMPLETION: Shape = Shape {
    name: "a completion",
    doc: "How a job ends.",
    keys: &[Key::optional("output", Value::Any, "Its output instead of its own.")],
};

pub(super) static FAILURE: Shape = Shape {
    name: "a failure",
    doc: "How a job fails.",
    keys: &[Key::optional("message", Value::Text, "The text of the error.")],
};

pub(super) static FORGOTTEN: Shape = Shape {
    name: "a forgotten job",
    doc: "A job that is gone.",
    keys: &[Key::required("forgotten", Value::Bool, "Always true.")],
};

pub(super) static CLOCK: Shape = Shape {
    name: "the clock",
    doc: "How time passes.",
    keys: &[
        Key::required("mode", Value::Text, "`real`, `scale:N`, `virtual` or `auto`."),
        Key::required("now_ms", Value::Integer, "Where it stands, counted from the start."),
        Key::required("next_ms", NUMBER_OR_NULL, "When something happens next by itself."),
    ],
};

pub(super) static ADVANCE: Shape = Shape {
    name: "a step of the clock",
    doc: "How far: exactly one of these.",
    keys: &[
        Key::optional("by", Value::Duration, "By this much."),
        Key::optional("until", Value::Choice(&["next"]), "`next`: to the next event."),
        Key::optional("job", Value::Integer, "To the end of this job."),
    ],
};

pub(super) static ADVANCED: Shape = Shape {
    name: "an advanced clock",
    doc: "What moving the clock came to.",
    keys: &[
        Key::required("now_ms", Value::Integer, "Where it stands now."),
        Key::required("fired_ms", Value::List(&Value::Integer), "When callers were woken, in their order."),
        Key::required("moves", Value::List(&Value::Object(&MOVE)), "How jobs moved, in their order."),
    ],
};

pub(super) static DEFECTS: Shape = Shape {
    name: "the defects to arm",
    doc: "Deliberate violations.",
    keys: &[Key::required("defects", Value::List(&Value::Text), "`ID`, `ID@nth:3` or `ID@chance:0.02`.")],
};

pub(super) static ARMED: Shape = Shape {
    name: "the armed defects",
    doc: "Deliberate violations that may happen now.",
    keys: &[Key::required("defects", Value::List(&Value::Object(&DEFECT)), "The defects.")],
};

static DEFECT: Shape = Shape {
    name: "a defect",
    doc: "A deliberate violation.",
    keys: &[
        Key::required("id", Value::Text, "Its id."),
        Key::required("arming", Value::Text, "When it strikes."),
        Key::required("sentence", Value::Text, "What it does."),
    ],
};

pub(super) static JOURNAL: Shape = Shape {
    name: "a page of the journal",
    doc: "A part of what happened.",
    keys: &[
        Key::required(
            "entries",
            Value::List(&Value::Map(&Value::Any)),
            "The entries (`orchspec schema journal`).",
        ),
        Key::required("next", Value::Integer, "The cursor behind them."),
        Key::required("truncated", Value::Bool, "Whether entries were dropped before anybody read them."),
    ],
};

pub(super) static COUNT: Shape = Shape {
    name: "the counts",
    doc: "What a session stands at.",
    keys: &[
        Key::required("jobs", Value::Integer, "Jobs that are remembered."),
        Key::required("parked", Value::Integer, "Calls that wait for a job."),
        Key::required("exchanges", Value::Integer, "Requests to the protocols."),
        Key::required("foreign", Value::Integer, "Requests to the origin that no credential may be sent to."),
        Key::required("dropped", Value::Integer, "Entries that the journal has dropped."),
    ],
};

pub(super) static AWAITED: Shape = Shape {
    name: "what is awaited",
    doc: "Everything that is given must be so; one of them must be given.",
    keys: &[
        Key::optional("parked", Value::Integer, "At least so many calls wait for a job."),
        Key::optional("job", Value::Integer, "Only calls that wait for this job count as parked."),
        Key::optional("jobs", Value::Integer, "At least so many jobs are remembered."),
        Key::optional("exchanges", Value::Integer, "At least so many requests came."),
        Key::optional("ended", Value::Integer, "This job has ended."),
        Key::optional(
            "within",
            Value::Duration,
            "How long to wait, in real time; 10s if not given, at most 1m.",
        ),
    ],
};

pub(super) static RESET: Shape = Shape {
    name: "a reset",
    doc: "A session that begins anew.",
    keys: &[Key::required("reset", Value::Bool, "Always true.")],
};

pub(super) static FAULTS: Shape = Shape {
    name: "the faults to come",
    doc: "What is to happen to calls on their way.",
    keys: &[
        Key::required(
            "faults",
            FAULTS_OR_PRESET,
            "A plan (`orchspec schema faults`), or the name of a preset; no rules are no faults.",
        ),
        Key::optional("seed", Value::Integer, "As `GET /faults` gives it; another one stands in the plan."),
        Key::optional("counts", Value::List(&Value::Any), "As `GET /faults` gives them; they begin anew."),
    ],
};

pub(super) static PLANNED: Shape = Shape {
    name: "the planned faults",
    doc: "What happens to calls on their way, and what came of it so far.",
    keys: &[
        Key::required("faults", Value::Map(&Value::Any), "The plan, as it can be given again."),
        Key::required("seed", Value::Integer, "Where its chances come from."),
        Key::required("counts", Value::List(&Value::Object(&FAULT_COUNT)), "What came of each rule."),
    ],
};

static FAULT_COUNT: Shape = Shape {
    name: "a rule count",
    doc: "How often a rule came into its own.",
    keys: &[
        Key::required("name", Value::Text, "The rule."),
        Key::required("eligible", Value::Integer, "Calls of the kind that it is for."),
        Key::required("fired", Value::Integer, "Calls that met its fault."),
        Key::required("exhausted", Value::Integer, "Calls that would have, but for `max` or the budget."),
        Key::required("optional", Value::Bool, "Whether it need not have fired by the end."),
    ],
};

pub(super) static SKETCH: Shape = Shape {
    name: "a call that might come",
    doc: "As much of a call as is known: its path, or what it is about.",
    keys: &[
        Key::optional("op", Value::Choice(&words(&Operation::WORDS)), "What it is about."),
        Key::optional("method", Value::Text, "Its method; `GET` if not given."),
        Key::optional("path", Value::Text, "Its path and query, without `/s/NAME`."),
        Key::optional("headers", Value::Map(&Value::Text), "Its header fields."),
        Key::optional("body", Value::Any, "Its body: a text, or anything else as JSON."),
        Key::optional("job", Value::Integer, "The job that it is about."),
        Key::optional("connection", Value::Integer, "The connection that it comes on; 1 if not given."),
    ],
};

pub(super) static EXPLAINED: Shape = Shape {
    name: "what a call would meet",
    doc: "What each rule would make of a call.",
    keys: &[
        Key::required("meets", Value::List(&Value::Text), "The rules that would meet it."),
        Key::required(
            "rules",
            Value::List(&Value::Object(&CONSIDERED)),
            "Every rule, in the order of the plan.",
        ),
    ],
};

static CONSIDERED: Shape = Shape {
    name: "a considered rule",
    doc: "What a rule would make of a call.",
    keys: &[
        Key::required("name", Value::Text, "The rule."),
        Key::required("fires", Value::Bool, "Whether it would meet the call."),
        Key::required("because", Value::Text, "Why, or why not."),
    ],
};
