//! Which keys a scenario file may have, with a sentence on each: for the decoder, its messages and editors.

mod fragment;
mod rules;
mod snapshot;

pub use self::fragment::FRAGMENT;
pub(super) use self::fragment::INPUT;
pub use self::rules::rules;
pub(super) use self::snapshot::{REDACTED_PARTS, REDACTION, SNAPSHOT};

use super::HOOK_WORDS;
use super::callback::{ADDRESS, AWAIT};
use super::decode_step::MOST_ROUNDS;
use crate::yaml::{Key, Shape, TIME, Value};

const BLOCKS: Value = Value::List(&BLOCK);
const BLOCK: Value = Value::Recursive(|| &BLOCK_PLACEHOLDER);
const INVARIANT: Value = Value::Recursive(|| &INVARIANT_PLACEHOLDER);
const STEPS: Value = Value::List(&Value::Recursive(|| &STEP));
const CAPTURES: Value = Value::Map(&Value::AnyOf(&[PLACE, Value::Object(&CAPTURE)]));
const CODE: Value = Value::Between(100, 599);
const CODES: Value = Value::List(&Value::AnyOf(&[CODE, Value::Expression]));

/// A place of an answer, as `capture` writes it.
pub const PLACE: Value = Value::Recursive(|| &PLACE_PLACEHOLDER);
const NAMED_REQUEST: Value = Value::AnyOf(&[Value::Map(&Value::Any), Value::Text]);

/// Stands for an expectation block, whose keys are known to `check`; the schema writer puts them in.
pub static BLOCK_PLACEHOLDER: Shape =
    Shape { name: "an expectation block", doc: "What is expected of an answer.", keys: &[] };

/// Stands for an invariant of a poll.
pub static INVARIANT_PLACEHOLDER: Shape =
    Shape { name: "an invariant of a poll", doc: "What holds from attempt to attempt.", keys: &[] };

/// Stands for a place of an answer, a text whose words are known to `check`.
pub static PLACE_PLACEHOLDER: Shape =
    Shape { name: "a place of an answer", doc: "Where a value stands.", keys: &[] };

/// A scenario file.
pub static SCENARIO: Shape = Shape {
    name: "a scenario",
    doc: "One behaviour of a protocol: what is done, and what is expected.",
    keys: &[
        Key::required("title", Value::Text, "What is so, as a sentence without a full stop.")
            .like("A job that was started ends"),
        Key::required("profile", Value::Text, "The protocol.").like("http"),
        Key::optional("tags", Value::List(&Value::Text), "Words to select scenarios by.")
            .or("[]")
            .like("[polling, slow]"),
        Key::optional("needs", Value::Object(&NEEDS), "What the target must offer.")
            .like("{ jobs: { sleep: { kind: sleep } }, capabilities: { call_mode: yes } }"),
        Key::optional(
            "cases",
            Value::AnyOf(&[Value::Map(&Value::Map(&Value::Any)), Value::Text]),
            "Rows of values, each a test case of its own; a text is a file beside this one that holds them, `NAME.csv` or `NAME.cases.yaml`.",
        )
        .like("{ short: { seconds: 1 }, long: { seconds: 30 } }"),
        Key::optional(
            "callbacks",
            Value::Map(&Value::Object(&ADDRESS)),
            "Addresses at which the server may call, by the names that steps use.",
        )
        .or("{}")
        .like("{ done: { answers: [{ status: 503 }, { status: 204 }] } }"),
        Key::required("steps", STEPS, "What is done and judged, in order.")
            .like("[{ name: start a job, request: { post: /jobs }, expect: [{ status: 202 }] }]"),
        Key::optional("cleanup", STEPS, "Steps that run at the end, whatever happened; last in, first out.")
            .or("[]")
            .like("[{ name: take it back, request: { delete: \"${{ job }}\" } }]"),
    ],
};

/// `needs`.
pub(super) static NEEDS: Shape = Shape {
    name: "`needs`",
    doc: "What the target must offer.",
    keys: &[
        Key::optional(
            "jobs",
            Value::Map(&Value::Object(&JOB)),
            "Prepared jobs, each under the alias that steps use.",
        )
        .or("{}")
        .like("{ sleep: { kind: sleep, runs: { longer_than: 1s } } }"),
        Key::optional(
            "capabilities",
            Value::Map(&Value::Bool),
            "Capabilities that must be declared `yes`, or `no`.",
        )
        .or("{}")
        .like("{ call_mode: yes }"),
        Key::optional("hold", Value::Bool, "The target must declare its hold timeout.").or("no").like("yes"),
        Key::optional("cap", Value::Bool, "The target must declare the longest duration of a held job.")
            .or("no")
            .like("yes"),
        Key::optional("redirect_auth", Value::Text, "The value of the tenant's switch.").like("required"),
        Key::optional(
            "echoes",
            Value::Bool,
            "Every echo job must say in the target file what it gives back.",
        )
        .or("no")
        .like("yes"),
    ],
};

/// An entry of `needs.jobs`.
pub(super) static JOB: Shape = Shape {
    name: "a needed job",
    doc: "What a prepared job must be like; the first fitting entry of the target file is taken.",
    keys: &[
        Key::required("kind", Value::Text, "The kind of job.").like("sleep"),
        Key::optional("verb", Value::Text, "The verb that starts it.").like("POST"),
        Key::optional("mode", Value::Text, "A mode in which it can be started.").like("LongPolling"),
        Key::optional("default_mode", Value::Text, "The mode it is configured with.")
            .like("AsyncRequestReply"),
        Key::optional("runs", Value::Object(&BOUNDS), "Bounds of its running time.")
            .like("{ longer_than: 2s, shorter_than: \"${{ target.hold.at_least }}\" }"),
        Key::optional("queued", Value::Object(&BOUNDS), "Bounds of its time in the queue.")
            .like("{ longer_than: 1s }"),
        Key::optional(
            "ends",
            Value::Object(&BOUNDS),
            "Bounds of both together: how long after its call it ends.",
        )
        .like("{ shorter_than: \"${{ target.hold.at_least }}\" }"),
        Key::optional("release", Value::Choice(&["hook"]), "It waits in the queue until a hook releases it.")
            .like("hook"),
        Key::optional("versions", Value::Bool, "It has more than one version, with outputs of their own.")
            .or("no")
            .like("yes"),
        Key::optional(
            "mark",
            Value::Bool,
            "`no`: its calls carry no mark, and all its jobs are counted, alone.",
        )
        .or("yes")
        .like("no"),
    ],
};

/// Bounds of a duration.
pub(super) static BOUNDS: Shape = Shape {
    name: "bounds of a duration",
    doc: "What the declared duration must be like.",
    keys: &[
        Key::optional("longer_than", TIME, "Fits if the declared minimum is over this.").like("2s"),
        Key::optional("shorter_than", TIME, "Fits if the declared maximum is under this.")
            .like("\"${{ target.hold.at_least }}\""),
    ],
};

/// A step.
pub static STEP: Shape = Shape {
    name: "a step",
    doc: "Something that is done, and what is expected of it.",
    keys: &[
        Key::required("name", Value::Text, "What is done, as people would say it; unique in the scenario.").like("ask until it is done"),
        Key::optional(
            "as",
            Value::Text,
            "Who does it: a principal of the target file, `anonymous` or `unknown`.",
        ).or("owner").like("stranger"),
        Key::optional("control", Value::Bool, "Shows that the server can tell this scenario's cases apart.").or("no").like("yes"),
        Key::optional(
            "when",
            Value::Map(&Value::OneOrMore(&Value::Scalar)),
            "Policies or captured values without which the step is left out; what only it cites is then undecided (exit code 3), where a way of `either` would not be asked for.",
        ).like("{ policy.after_cancel: [gone, error] }"),
        Key::optional("request", Value::Map(&Value::Any), "One request, in the words of the profile.").like("{ post: /jobs, json: { seconds: 3 } }"),
        Key::optional("follow", Value::Object(&FOLLOW), "Follows redirects of the request.").like("{ max: 3, within: 30s }"),
        Key::optional(
            "poll",
            NAMED_REQUEST,
            "A request that is sent again until `until` is so; a text is the URI to get.",
        ).like("\"${{ job }}\""),
        Key::optional("job", Value::Text, "The alias of the job that is polled, if there are several.").like("sleep"),
        Key::optional("every", TIME, "The pause between attempts, or what the `Retry-After` of a pending answer asks for, if that is longer.").or("\"${{ target.poll }}\"").like("500ms"),
        Key::optional(
            "carry",
            CAPTURES,
            "Names that the next attempt has from an answer that is not yet the last; what is not there stays as it was.",
        )
        .or("{}")
        .like("{ job: location }"),
        Key::optional("within", TIME, "The budget of the poll, from its start.").like("30s"),
        Key::optional("pending", Value::AnyOf(&[Value::Map(&Value::Any), CODE, CODES]), "What an answer looks like while the job goes on; numbers as in `until`.").like("{ status: 200, body: { has: { state: running } } }"),
        Key::optional(
            "until",
            Value::AnyOf(&[BLOCK, CODE, CODES]),
            "What the answer looks like that ends the poll; a number is its status, and a list holds several.",
        ).like("{ status: 303 }"),
        Key::optional("fail_when", BLOCK, "What an answer looks like after which polling is pointless; asked before `until` and `pending`, so that it need not be excluded there.").like("{ body: { has: { state: failed } } }"),
        Key::optional("trace", Value::Object(&TRACE), "What the sequence of statuses must be.").like("{ codes: \"202 200* 303\" }"),
        Key::optional("invariant", Value::List(&INVARIANT), "What must stay true from attempt to attempt.").or("[]").like("[{ at: /id, stable: yes }]"),
        Key::optional("hook", Value::Object(&HOOK), "Asks the target's hooks for something.").like("{ release: queue }"),
        Key::optional("wait", TIME, "Lets this much time pass.").like("2s"),
        Key::optional("await", Value::Object(&AWAIT), "Waits for calls of the server.").like("{ callback: done, within: 10s }"),
        Key::optional("repeat", Value::Object(&REPEAT), "Does `steps` several times.").like("{ times: 3 }"),
        Key::optional("steps", STEPS, "The steps of `repeat`; what they capture is known until the end of their round.").like("[{ name: start a job, request: { post: /jobs } }]"),
        Key::optional(
            "distinct",
            Value::List(&Value::Object(&QUANTIFIER)),
            "Names whose values must differ from round to round.",
        ).or("[]").like("[{ covers: [JOB-ID-01], value: id }]"),
        Key::optional(
            "same",
            Value::List(&Value::Object(&QUANTIFIER)),
            "Names whose values must be equal in all rounds.",
        ).or("[]").like("[{ covers: [JOB-ID-02], value: state }]"),
        Key::optional("parallel", Value::Map(&STEPS), "Named lists of steps that run at the same time.").like("{ first: [{ name: ask, request: { get: /a } }], second: [{ name: ask too, request: { get: /b } }] }"),
        Key::optional(
            "either",
            Value::List(&Value::Object(&WAY)),
            "Ways that a server may take: the steps of the first one that applies are done, and the others not asked.",
        ).like("[{ when: { code: 200 }, steps: [{ name: take it, request: { get: /now } }] }, { when: { code: 202 }, steps: [{ name: come again, request: { get: /later } }] }]"),
        Key::optional("use", Value::Text, "Does the steps of this fragment, by its path below `fragments/`.").like("start"),
        Key::optional("with", Value::Map(&Value::Any), "What the fragment's inputs are.").or("{}").like("{ seconds: 3 }"),
        Key::optional(
            "outputs",
            Value::Map(&Value::Text),
            "Names, and the fragment's outputs whose values they get.",
        ).or("{}").like("{ job: job }"),
        Key::optional("expect", BLOCKS, "What is expected of the answer.").or("[]").like("[{ status: 202, headers: { location: { is: uri-reference } } }]"),
        Key::optional(
            "capture",
            CAPTURES,
            "Names, and the places of the answer whose values they get; a name that has a value already gets the new one behind the step's own `expect`.",
        ).or("{}").like("{ job: location, id: /id, ticket: { from: body.text, matches: \"ticket ([0-9]+)\" } }"),
        Key::optional(
            "snapshot",
            Value::AnyOf(&[Value::Text, Value::Object(&SNAPSHOT)]),
            "Keeps the answer as a golden copy; a text is its name.",
        ).like("answer"),
        Key::optional(
            "disturb",
            Value::Object(&DISTURB),
            "What the harness does to the exchange; only later steps are judged.",
        ).like("{ lose_response: 502 }"),
    ],
};

/// An entry of `either`.
pub(super) static WAY: Shape = Shape {
    name: "a way",
    doc: "One of several ways that a server may take.",
    keys: &[
        Key::required(
            "when",
            Value::Map(&Value::OneOrMore(&Value::Scalar)),
            "Policies or captured values by which it is this one.",
        )
        .like("{ code: 202 }"),
        Key::required("steps", STEPS, "What is done then.")
            .like("[{ name: come again, request: { get: \"${{ job }}\" } }]"),
    ],
};

/// An entry of `capture` that says more than the place.
pub static CAPTURE: Shape = Shape {
    name: "a capture",
    doc: "What of an answer a name gets: a place or a link, and what of it.",
    keys: &[
        Key::optional(
            "from",
            PLACE,
            "The place, such as `header.operation-location`, `/links/0/href` or `body.text`.",
        ).like("header.operation-location"),
        Key::optional(
            "link",
            Value::Text,
            "The link of this relation instead: from the header `Link`, or from `links` or `_links` of a JSON body; always resolved.",
        ).like("status"),
        Key::optional(
            "json",
            Value::Text,
            "The place is a text that is JSON itself: the JSON Pointer into that.",
        ).like("/task/id"),
        Key::optional(
            "matches",
            Value::Text,
            "What this regular expression finds: its first group, if it has one.",
        ).like("\"<id>(.*)</id>\""),
        Key::optional(
            "uri",
            Value::Bool,
            "It is a URI reference, to be resolved against the URL of the request.",
        ).or("no").like("yes"),
    ],
};

/// `follow`.
pub(super) static FOLLOW: Shape = Shape {
    name: "`follow`",
    doc: "How redirects are followed: by a GET of each `Location`. A 307 or 308 to anything but a GET or HEAD asks for the same request once more, and is not followed.",
    keys: &[
        Key::required("max", Value::Integer, "No more redirects than this.").like("3"),
        Key::required("within", TIME, "No longer than this, from the start of the step.").like("30s"),
        Key::optional("as", Value::Text, "Who follows, if it is another principal.").like("anonymous"),
        Key::optional("each", BLOCKS, "What is expected of every redirect.")
            .or("[]")
            .like("[{ status: 303 }]"),
        Key::optional("trace", Value::Object(&TRACE), "What the sequence of statuses must be.")
            .like("{ codes: \"303+ 200\" }"),
    ],
};

/// `trace`.
pub(super) static TRACE: Shape = Shape {
    name: "`trace`",
    doc: "A demand on a sequence of statuses.",
    keys: &[
        Key::optional("covers", Value::List(&Value::Text), "The requirements at stake.")
            .or("[]")
            .like("[JOB-POLL-01]"),
        Key::required(
            "codes",
            Value::Text,
            "Codes, classes (`2xx`) or `redirect`, each with `+`, `*` or `?`.",
        )
        .like("\"202 200* 303\""),
    ],
};

/// `hook`: one of the operations with an alias, and perhaps a handle.
pub(super) static HOOK: Shape = Shape {
    name: "`hook`",
    doc: "A call of the target's hooks: one operation with the alias of a job.",
    keys: &[
        Key::optional(HOOK_WORDS[0], Value::Text, "Keeps jobs of this alias in the queue.").like("queue"),
        Key::optional(HOOK_WORDS[1], Value::Text, "Lets a held job start.").like("queue"),
        Key::optional(HOOK_WORDS[2], Value::Text, "Makes a job fail.").like("queue"),
        Key::optional(HOOK_WORDS[3], Value::Text, "Counts the jobs that this case created.").like("queue"),
        Key::optional(HOOK_WORDS[4], Value::Text, "Tells the state of a job.").like("queue"),
        Key::optional("handle", Value::Scalar, "Names one job: a task id or a status URI.")
            .like("\"${{ job }}\""),
    ],
};

/// `repeat`.
pub(super) static REPEAT: Shape = Shape {
    name: "`repeat`",
    doc: "Does the step's `steps` several times.",
    keys: &[
        Key::required("times", Value::Between(1, MOST_ROUNDS), "How many times.").like("3"),
        Key::optional("at_once", Value::Bool, "All rounds at the same time.").or("no").like("yes"),
        Key::optional("every", TIME, "The pause between rounds.").or("0s").like("1s"),
    ],
};

/// An entry of `distinct` or `same`.
pub(super) static QUANTIFIER: Shape = Shape {
    name: "a quantifier",
    doc: "A demand on the values that a name got in all rounds.",
    keys: &[
        Key::optional("covers", Value::List(&Value::Text), "The requirements at stake.")
            .or("[]")
            .like("[JOB-ID-01]"),
        Key::required("value", Value::Text, "The captured name.").like("id"),
    ],
};

/// `disturb`.
pub(super) static DISTURB: Shape = Shape {
    name: "`disturb`",
    doc: "What the harness does to the exchange.",
    keys: &[
        Key::optional(
            "lose_response",
            Value::Between(502, 502),
            "Lets the exchange finish and hides the answer behind this code.",
        )
        .like("502"),
        Key::optional("cut", Value::Duration, "Drops the connection after this long.").like("200ms"),
    ],
};
