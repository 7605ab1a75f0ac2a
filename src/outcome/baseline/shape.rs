//! What a baseline file may hold: one table for the decoder, its messages and the editors' schema.

use crate::outcome::Verdict;
use crate::yaml::{Key, Shape, Value, words};

/// What a baseline file looks like.
pub static SHAPE: Shape = Shape {
    name: "a baseline",
    doc: "Failures that are known, and do not close the gate of `orchspec run --baseline FILE`.",
    keys: &[
        Key::required("baseline", Value::Integer, "The version of this form: 1.").like("1"),
        Key::required("entries", Value::Map(&Value::Object(&ENTRY)), "The failures, by `case#requirement`.").like("{ \"jobs/completes#JOB-START-01\": { expect: fail, signature: \"JOB-START-01|start a job|status|202|200\", reason: mended in release 5 } }"),
    ],
};

pub(super) static ENTRY: Shape = Shape {
    name: "an entry",
    doc: "One verdict on one requirement in one case.",
    keys: &[
        Key::required("expect", Value::Choice(&words(&EXPECTED)), "The verdict that is known.").like("fail"),
        Key::required(
            "signature",
            Value::Text,
            "The first divergence that it rests on, as `orchspec baseline write` takes it from a report. What may be another on the next run stands there as its class, such as `<number>`, `<id>`, `<url>`, `<instant>` or `<duration>`; `<any>`, written by hand, stands for any text.",
        )
        .like("\"JOB-START-01|start a job|status|202|200\""),
        Key::required("reason", Value::Text, "Why it is tolerated; must not be empty.")
            .like("mended in release 5"),
        Key::optional("issue", Value::Text, "Where its end is worked on.")
            .like("\"https://issues.example/17\""),
        Key::optional("expires", Value::Text, "The last day on which it is tolerated, in UTC: `2026-12-31`.")
            .like("2026-12-31"),
    ],
};

/// What can be tolerated.
pub(super) const EXPECTED: [(&str, Verdict); 3] =
    [("fail", Verdict::Fail), ("warn", Verdict::Warn), ("inconclusive", Verdict::Inconclusive)];
