//! Which keys a scenario file may have, with a sentence on each: for the decoder, its messages and editors.

use super::callback::{ADDRESS, AWAIT};
use super::fragment::Type;
use super::{HOOK_WORDS, RedactedPart};
use crate::yaml::{Key, Shape, Value, words};

const BLOCKS: Value = Value::List(&BLOCK);
const BLOCK: Value = Value::Recursive(|| &BLOCK_PLACEHOLDER);
const INVARIANT: Value = Value::Recursive(|| &INVARIANT_PLACEHOLDER);
const STEPS: Value = Value::List(&Value::Recursive(|| &STEP));
const CAPTURES: Value = Value::Map(&Value::AnyOf(&[Value::Text, Value::Object(&CAPTURE)]));
const NAMED_REQUEST: Value = Value::AnyOf(&[Value::Map(&Value::Any), Value::Text]);

/// Stands for an expectation block, whose keys are known to `check`; the schema writer puts them in.
pub static BLOCK_PLACEHOLDER: Shape =
    Shape { name: "an expectation block", doc: "What is expected of an answer.", keys: &[] };

/// Stands for an invariant of a poll.
pub static INVARIANT_PLACEHOLDER: Shape =
    Shape { name: "an invariant of a poll", doc: "What holds from attempt to attempt.", keys: &[] };

/// A scenario file.
pub static SCENARIO: Shape = Shape {
    name: "a scenario",
    doc: "One behaviour of a protocol: what is done, and what is expected.",
    keys: &[
        Key::required("title", Value::Text, "What is so, as a sentence without a full stop."),
        Key::required("profile", Value::Text, "The protocol."),
        Key::optional("tags", Value::List(&Value::Text), "Words to select scenarios by."),
        Key::optional("needs", Value::Object(&NEEDS), "What the target must offer."),
        Key::optional(
            "cases",
            Value::AnyOf(&[Value::Map(&Value::Map(&Value::Any)), Value::Text]),
            "Rows of values, each a test case of its own; a text is a file beside this one that holds them.",
        ),
        Key::optional(
            "callbacks",
            Value::Map(&Value::Object(&ADDRESS)),
            "Addresses at which the server may call, by the names that steps use.",
        ),
        Key::required("steps", STEPS, "What is done and judged, in order."),
        Key::optional("cleanup", STEPS, "Steps that run at the end, whatever happened; last in, first out."),
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
        ),
        Key::optional(
            "capabilities",
            Value::Map(&Value::Bool),
            "Capabilities that must be declared `yes`, or `no`.",
        ),
        Key::optional("hold", Value::Bool, "The target must declare its hold timeout."),
        Key::optional("cap", Value::Bool, "The target must declare the longest duration of a held job."),
        Key::optional("redirect_auth", Value::Text, "The value of the tenant's switch."),
        Key::optional(
            "echoes",
            Value::Bool,
            "Every echo job must say in the target file what it gives back.",
        ),
    ],
};

/// An entry of `needs.jobs`.
pub(super) static JOB: Shape = Shape {
    name: "a needed job",
    doc: "What a prepared job must be like; the first fitting entry of the target file is taken.",
    keys: &[
        Key::required("kind", Value::Text, "The kind of job."),
        Key::optional("verb", Value::Text, "The verb that starts it."),
        Key::optional("mode", Value::Text, "A mode in which it can be started."),
        Key::optional("default_mode", Value::Text, "The mode it is configured with."),
        Key::optional("runs", Value::Object(&BOUNDS), "Bounds of its running time."),
        Key::optional("queued", Value::Object(&BOUNDS), "Bounds of its time in the queue."),
        Key::optional("release", Value::Choice(&["hook"]), "It waits in the queue until a hook releases it."),
        Key::optional("versions", Value::Bool, "It has more than one version, with outputs of their own."),
        Key::optional(
            "mark",
            Value::Bool,
            "`no`: its calls carry no mark, and all its jobs are counted, alone.",
        ),
    ],
};

/// Bounds of a duration.
pub(super) static BOUNDS: Shape = Shape {
    name: "bounds of a duration",
    doc: "What the declared duration must be like.",
    keys: &[
        Key::optional("longer_than", Value::Scalar, "Fits if the declared minimum is over this."),
        Key::optional("shorter_than", Value::Scalar, "Fits if the declared maximum is under this."),
    ],
};

/// A step.
pub static STEP: Shape = Shape {
    name: "a step",
    doc: "Something that is done, and what is expected of it.",
    keys: &[
        Key::required("name", Value::Text, "What is done, as people would say it; unique in the scenario."),
        Key::optional(
            "as",
            Value::Text,
            "Who does it: a principal of the target file, `anonymous` or `unknown`.",
        ),
        Key::optional("control", Value::Bool, "Shows that the server can tell this scenario's cases apart."),
        Key::optional(
            "when",
            Value::Map(&Value::OneOrMore(&Value::Scalar)),
            "Policies or captured values without which the step is left out.",
        ),
        Key::optional("request", Value::Map(&Value::Any), "One request, in the words of the profile."),
        Key::optional("follow", Value::Object(&FOLLOW), "Follows redirects of the request."),
        Key::optional(
            "poll",
            NAMED_REQUEST,
            "A request that is sent again until `until` is so; a text is the URI to get.",
        ),
        Key::optional("job", Value::Text, "The alias of the job that is polled, if there are several."),
        Key::optional("every", Value::Scalar, "The pause between attempts."),
        Key::optional(
            "carry",
            CAPTURES,
            "Names that the next attempt has from an answer that is not yet the last; what is not there stays as it was.",
        ),
        Key::optional("within", Value::Scalar, "The budget of the poll, from its start."),
        Key::optional("pending", BLOCK, "What an answer looks like while the job goes on."),
        Key::optional(
            "until",
            Value::AnyOf(&[BLOCK, Value::Integer]),
            "What the answer looks like that ends the poll; a number is its status.",
        ),
        Key::optional("fail_when", BLOCK, "What an answer looks like after which polling is pointless."),
        Key::optional("trace", Value::Object(&TRACE), "What the sequence of statuses must be."),
        Key::optional("invariant", Value::List(&INVARIANT), "What must stay true from attempt to attempt."),
        Key::optional("hook", Value::Object(&HOOK), "Asks the target's hooks for something."),
        Key::optional("wait", Value::Scalar, "Lets this much time pass."),
        Key::optional("await", Value::Object(&AWAIT), "Waits for calls of the server."),
        Key::optional("repeat", Value::Object(&REPEAT), "Does `steps` several times."),
        Key::optional("steps", STEPS, "The steps of `repeat`."),
        Key::optional(
            "distinct",
            Value::List(&Value::Object(&QUANTIFIER)),
            "Names whose values must differ from round to round.",
        ),
        Key::optional(
            "same",
            Value::List(&Value::Object(&QUANTIFIER)),
            "Names whose values must be equal in all rounds.",
        ),
        Key::optional("parallel", Value::Map(&STEPS), "Named lists of steps that run at the same time."),
        Key::optional(
            "either",
            Value::List(&Value::Object(&WAY)),
            "Ways that a server may take: the steps of the first one that applies are done, and the others not asked.",
        ),
        Key::optional("use", Value::Text, "Does the steps of this fragment, by its path below `fragments/`."),
        Key::optional("with", Value::Map(&Value::Any), "What the fragment's inputs are."),
        Key::optional(
            "outputs",
            Value::Map(&Value::Text),
            "Names, and the fragment's outputs whose values they get.",
        ),
        Key::optional("expect", BLOCKS, "What is expected of the answer."),
        Key::optional("capture", CAPTURES, "Names, and the places of the answer whose values they get."),
        Key::optional(
            "snapshot",
            Value::AnyOf(&[Value::Text, Value::Object(&SNAPSHOT)]),
            "Keeps the answer as a golden copy; a text is its name.",
        ),
        Key::optional(
            "disturb",
            Value::Object(&DISTURB),
            "What the harness does to the exchange; only later steps are judged.",
        ),
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
        ),
        Key::required("steps", STEPS, "What is done then."),
    ],
};

/// An entry of `capture` that says more than the place.
pub static CAPTURE: Shape = Shape {
    name: "a capture",
    doc: "What of an answer a name gets: a place or a link, and what of it.",
    keys: &[
        Key::optional(
            "from",
            Value::Text,
            "The place, such as `header.operation-location`, `/links/0/href` or `body.text`.",
        ),
        Key::optional(
            "link",
            Value::Text,
            "The link of this relation instead: from the header `Link`, or from `links` or `_links` of a JSON body; always resolved.",
        ),
        Key::optional(
            "json",
            Value::Text,
            "The place is a text that is JSON itself: the JSON Pointer into that.",
        ),
        Key::optional(
            "matches",
            Value::Text,
            "What this regular expression finds: its first group, if it has one.",
        ),
        Key::optional(
            "uri",
            Value::Bool,
            "It is a URI reference, to be resolved against the URL of the request.",
        ),
    ],
};

/// A fragment file.
pub static FRAGMENT: Shape = Shape {
    name: "a fragment",
    doc: "Steps that several scenarios have in common.",
    keys: &[
        Key::required("title", Value::Text, "What it does, as a sentence without a full stop."),
        Key::optional(
            "inputs",
            Value::Map(&Value::Object(&INPUT)),
            "What whoever uses it says: `${{ input.NAME }}`.",
        ),
        Key::optional(
            "outputs",
            Value::Map(&Value::Choice(&words(&Type::WORDS))),
            "The captured names that whoever uses it gets, each with what it is.",
        ),
        Key::required("steps", STEPS, "What is done and judged, in order."),
    ],
};

/// An entry of a fragment's `inputs`.
pub(super) static INPUT: Shape = Shape {
    name: "an input",
    doc: "What whoever uses a fragment says.",
    keys: &[
        Key::required("type", Value::Choice(&words(&Type::WORDS)), "What it is."),
        Key::optional(
            "default",
            Value::Any,
            "What it is if nothing is said; without a default something must be.",
        ),
    ],
};

/// `follow`.
pub(super) static FOLLOW: Shape = Shape {
    name: "`follow`",
    doc: "How redirects are followed.",
    keys: &[
        Key::required("max", Value::Integer, "No more redirects than this."),
        Key::required("within", Value::Scalar, "No longer than this, from the start of the step."),
        Key::optional("as", Value::Text, "Who follows, if it is another principal."),
        Key::optional("each", BLOCKS, "What is expected of every redirect."),
        Key::optional("trace", Value::Object(&TRACE), "What the sequence of statuses must be."),
    ],
};

/// `trace`.
pub(super) static TRACE: Shape = Shape {
    name: "`trace`",
    doc: "A demand on a sequence of statuses.",
    keys: &[
        Key::optional("covers", Value::List(&Value::Text), "The requirements at stake."),
        Key::required(
            "codes",
            Value::Text,
            "Codes, classes (`2xx`) or `redirect`, each with `+`, `*` or `?`.",
        ),
    ],
};

/// `hook`: one of the operations with an alias, and perhaps a handle.
pub(super) static HOOK: Shape = Shape {
    name: "`hook`",
    doc: "A call of the target's hooks: one operation with the alias of a job.",
    keys: &[
        Key::optional(HOOK_WORDS[0], Value::Text, "Keeps jobs of this alias in the queue."),
        Key::optional(HOOK_WORDS[1], Value::Text, "Lets a held job start."),
        Key::optional(HOOK_WORDS[2], Value::Text, "Makes a job fail."),
        Key::optional(HOOK_WORDS[3], Value::Text, "Counts the jobs that this case created."),
        Key::optional(HOOK_WORDS[4], Value::Text, "Tells the state of a job."),
        Key::optional("handle", Value::Scalar, "Names one job: a task id or a status URI."),
    ],
};

/// `repeat`.
pub(super) static REPEAT: Shape = Shape {
    name: "`repeat`",
    doc: "Does the step's `steps` several times.",
    keys: &[
        Key::required("times", Value::Integer, "How many times."),
        Key::optional("at_once", Value::Bool, "All rounds at the same time."),
        Key::optional("every", Value::Scalar, "The pause between rounds."),
    ],
};

/// An entry of `distinct` or `same`.
pub(super) static QUANTIFIER: Shape = Shape {
    name: "a quantifier",
    doc: "A demand on the values that a name got in all rounds.",
    keys: &[
        Key::optional("covers", Value::List(&Value::Text), "The requirements at stake."),
        Key::required("value", Value::Text, "The captured name."),
    ],
};

/// `snapshot`.
pub(super) static SNAPSHOT: Shape = Shape {
    name: "`snapshot`",
    doc: "The golden copy of an answer.",
    keys: &[
        Key::required("name", Value::Text, "Its name, unique in the scenario."),
        Key::optional(
            "trace",
            Value::Bool,
            "Keeps every answer of the case up to this one; how often an answer was repeated is not kept.",
        ),
        Key::optional(
            "redact",
            Value::List(&Value::AnyOf(&[Value::Text, Value::Object(&REDACTION)])),
            "What of it is not kept; a text is a place in a JSON body.",
        ),
    ],
};

/// An entry of `redact`.
pub(super) static REDACTION: Shape = Shape {
    name: "a redaction",
    doc: "Something that a snapshot does not keep: one of `at`, `header` and `pattern`.",
    keys: &[
        Key::optional(
            REDACTED_PARTS[0].0,
            Value::Text,
            "A place in a JSON body: a JSON Pointer in which `*` is every member or item.",
        ),
        Key::optional(REDACTED_PARTS[1].0, Value::Text, "The value of a header."),
        Key::optional(
            REDACTED_PARTS[2].0,
            Value::Text,
            "Whatever fits this regular expression, in headers and in the texts of a body.",
        ),
        Key::optional("as", Value::Text, "What stands in its place, in brackets; `redacted`, if left out."),
    ],
};

/// What a redaction may speak of.
pub(super) const REDACTED_PARTS: [(&str, RedactedPart); 3] =
    [("at", RedactedPart::Place), ("header", RedactedPart::Header), ("pattern", RedactedPart::Pattern)];

/// `disturb`.
pub(super) static DISTURB: Shape = Shape {
    name: "`disturb`",
    doc: "What the harness does to the exchange.",
    keys: &[
        Key::optional(
            "lose_response",
            Value::Integer,
            "Lets the exchange finish and hides the answer behind this code.",
        ),
        Key::optional("cut", Value::Duration, "Drops the connection after this long."),
    ],
};
