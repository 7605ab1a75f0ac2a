//! What a fault plan may hold: one table for the decoder, its messages and the editors' schema.

use super::damage::{End, KINDS, Part};
use super::{CountBy, Phase, calls};
use crate::mock::protocol::Operation;
use crate::yaml::{Key, Shape, Value, words};

macro_rules! plan_keys {
    ($($own:expr),* $(,)?) => {
        &[
            $($own,)*
            Key::optional("title", Value::Text, "What the plan is for, in one sentence.").like("A gateway that fails now and then."),
            Key::optional("seed", Value::Integer, "Where chances come from; the mock's own seed, if not said.").like("42"),
            Key::optional("budget", Value::Object(&BUDGET), "A ceiling over rules that depend on chance.").like("{ max_consecutive: 2, max_per_job: 3 }"),
            Key::required(
                "rules",
                RULES,
                "What happens to calls; the first rule that meets a call is the only one.",
            ).like("[{ name: second-read, on: status, when: { nth: 2 }, do: { status: 502 } }]"),
        ]
    };
}

const VERSION: Key = Key::optional("faults", Value::Integer, "The version of this form: 1.").like("1");

/// A whole file.
pub static SHAPE: Shape = Shape {
    name: "a fault plan",
    doc: "What happens to calls on their way, within what the protocols allow.",
    keys: plan_keys![Key { required: true, ..VERSION }],
};

/// A plan within another file, or in a message.
pub(super) static INLINE: Shape = Shape { name: SHAPE.name, doc: SHAPE.doc, keys: plan_keys![VERSION] };

/// What stands where a plan is asked for: the plan, or the name of a preset.
pub const PLAN_OR_PRESET: Value = Value::AnyOf(&[Value::Text, Value::Object(&INLINE)]);

pub(super) static BUDGET: Shape = Shape {
    name: "a budget",
    doc: "A ceiling over rules that depend on chance and make calls fail.",
    keys: &[
        Key::optional(
            "max_consecutive",
            Value::Integer,
            "How many calls of one kind about one job fail one after the other.",
        )
        .like("2"),
        Key::optional("max_per_job", Value::Integer, "How many calls about one job fail.").like("3"),
    ],
};

/// The rules of a plan. A file in which they may stand at several places describes them once.
pub const RULES: Value = Value::List(&Value::Recursive(|| &RULE));

pub(super) static RULE: Shape = Shape {
    name: "a fault rule",
    doc: "What happens to some calls.",
    keys: &[
        Key::required("name", Value::Text, "Its name in journal and reports; chances go by it, too.")
            .like("second-read"),
        Key::required("on", ON, "Which calls it could meet: what they are about, or more.")
            .like("{ op: status, fixture: short }"),
        Key::optional("when", Value::Object(&WHEN), "Which of these it meets; all, if not said.")
            .like("{ nth: 2 }"),
        Key::optional(
            "count_by",
            Value::Choice(&words(&CountBy::WORDS)),
            "Which calls stand in one row, in which they are counted; `job` if not said.",
        )
        .or("job")
        .like("client"),
        Key::optional(
            "phase",
            Value::Choice(&words(&Phase::WORDS)),
            "Where on its way a call is met; where the action usually is, if not said.",
        )
        .like("after_commit"),
        Key::required("do", Value::Object(&DO), "What happens to the call.").like("{ status: 502 }"),
        Key::optional("max", Value::Integer, "At most so many calls of one row are met.").like("1"),
        Key::optional(
            "combine",
            Value::Bool,
            "Whether the rules behind it may meet the call, too; for delays.",
        )
        .or("no")
        .like("yes"),
        Key::optional("optional", Value::Bool, "Whether it need not have met a call by the end.")
            .or("no")
            .like("yes"),
    ],
};

const ONE: Value = Value::Choice(&words(&ON_WORDS));
const SEVERAL: Value = Value::List(&Value::Choice(&words(&Operation::WORDS)));
const ON: Value = Value::AnyOf(&[ONE, SEVERAL, Value::Object(&CALLS)]);

/// What calls are about, and the word for anything.
pub(super) const ON_WORDS: [(&str, Option<Operation>); Operation::WORDS.len() + 1] = {
    let mut all = [(calls::ANY, None); Operation::WORDS.len() + 1];
    let mut at = 0;
    while at < Operation::WORDS.len() {
        let (word, operation) = Operation::WORDS[at];
        all[at + 1] = (word, Some(operation));
        at += 1;
    }
    all
};

pub(super) static CALLS: Shape = Shape {
    name: "a kind of calls",
    doc: "Which calls: everything that is given must be so.",
    keys: &[
        Key::optional("op", Value::AnyOf(&[ONE, SEVERAL]), "What they are about; anything, if not said.")
            .or("any")
            .like("[status, output]"),
        Key::optional("path", Value::Text, "Their path; `*` stands for any characters.").like("/t/*"),
        Key::optional("method", Value::Text, "Their method.").like("GET"),
        Key::optional(
            "header",
            Value::Map(&Value::Text),
            "Header fields and their values; `*` stands for any characters.",
        )
        .or("{}")
        .like("{ user-agent: curl/* }"),
        Key::optional("fixture", Value::Text, "The trigger or process of their job.").like("short"),
    ],
};

pub(super) static WHEN: Shape = Shape {
    name: "a condition",
    doc: "Which calls of a row: everything that is given must be so.",
    keys: &[
        Key::optional(
            "nth",
            Value::OneOrMore(&Value::Integer),
            "The places of the calls in their row, the first being 1.",
        )
        .like("[1, 3]"),
        Key::optional("every", Value::Integer, "Every so many-th call of the row.").like("5"),
        Key::optional("from", Value::Integer, "From this place of the row on.").like("2"),
        Key::optional("to", Value::Integer, "Up to this place of the row.").like("4"),
        Key::optional("window", Value::Text, "Between two instants of the mock's clock: `10s..20s`.")
            .like("10s..20s"),
        Key::optional("probability", Value::Scalar, "By chance: more than 0, at most 1.").like("0.2"),
        Key::optional(
            "attempt",
            Value::Integer,
            "Which attempt at the same thing: 1 is a call that follows on none that failed by a fault.",
        )
        .like("1"),
    ],
};

pub(super) static DO: Shape = Shape {
    name: "an action",
    doc: "What happens to a call: `status`, `wire` or `delay`; a delay also besides one of the others.",
    keys: &[
        Key::optional("status", Value::Integer, "A gateway answers with this status in the server's stead.")
            .like("502"),
        Key::optional("body", Value::Any, "The body of that answer: a text, or anything else as JSON.")
            .like("{ error: try again }"),
        Key::optional(
            "retry_after",
            Value::AnyOf(&[Value::Duration, Value::Choice(&[NONE]), Value::Object(&DATE)]),
            "When that answer tells the caller to come again, in whole seconds; `none` is not at all.",
        )
        .like("2s"),
        Key::optional(
            "delay",
            Value::AnyOf(&[Value::Duration, Value::Object(&DELAY)]),
            "How long the call is kept back, by the mock's clock.",
        )
        .like("{ uniform: { from: 10ms, to: 90ms } }"),
        Key::optional("wire", Value::Choice(&WIRE_WORDS), "What happens to the answer on the wire.")
            .like("truncate"),
        Key::optional(
            "at",
            Value::AnyOf(&[Value::Text, Value::Integer]),
            "How much of the body has left by then: `50%`, or a number of bytes.",
        )
        .like("50%"),
        Key::optional("end", Value::Choice(&words(&End::WORDS)), "How the connection breaks.").like("rst"),
        Key::optional("for", Value::Duration, "After how long a connection ends that hangs.").like("10s"),
        Key::optional("part", Value::Choice(&words(&Part::WORDS)), "Which part of the answer dribbles.")
            .like("body"),
        Key::optional("bytes", Value::Integer, "In pieces of so many bytes it dribbles.").like("16"),
        Key::optional("every", Value::Duration, "How long the pause between two pieces is.").like("100ms"),
    ],
};

pub(super) static DATE: Shape = Shape {
    name: "a date to come again",
    doc: "`Retry-After` as an HTTP date, beside the `Date` of the answer.",
    keys: &[Key::required("date", Value::Duration, "How far away it is, in whole seconds.").like("5s")],
};

/// The word for no advice.
pub(super) const NONE: &str = "none";

static WIRE_WORDS: [&str; KINDS.len()] = {
    let mut all = [""; KINDS.len()];
    let mut at = 0;
    while at < KINDS.len() {
        all[at] = KINDS[at].word;
        at += 1;
    }
    all
};

pub(super) static DELAY: Shape = Shape {
    name: "a delay",
    doc: "How delays are spread: exactly one of these.",
    keys: &[
        Key::optional("uniform", Value::Object(&UNIFORM), "Each as likely as the other.")
            .like("{ from: 10ms, to: 90ms }"),
        Key::optional("lognormal", Value::Object(&LOGNORMAL), "Many short ones and few long ones.")
            .like("{ p50: 80ms, p99: 900ms, max: 2s }"),
    ],
};

pub(super) static UNIFORM: Shape = Shape {
    name: "a uniform delay",
    doc: "Any time between two bounds.",
    keys: &[
        Key::required("from", Value::Duration, "The shortest.").like("10ms"),
        Key::required("to", Value::Duration, "The longest.").like("90ms"),
    ],
};

pub(super) static LOGNORMAL: Shape = Shape {
    name: "a lognormal delay",
    doc: "As the answers of most servers are spread.",
    keys: &[
        Key::required("p50", Value::Duration, "Half of the calls take less.").like("80ms"),
        Key::required("p99", Value::Duration, "One call in a hundred takes more.").like("900ms"),
        Key::required("max", Value::Duration, "No call takes more.").like("2s"),
    ],
};
