//! The form of verdicts as JSON, for their schema and for the description of the control API.

use super::written::{FORM, VERDICTS};
use crate::requirement::Level;
use crate::yaml::{Key, Shape, Value, words};

/// All verdicts on the clients of one session.
pub static SHAPE: Shape = Shape {
    name: "the verdicts",
    doc: "What the mock's control API gives for `GET /verdicts`: the verdicts on the clients of one session.",
    keys: &[
        Key::required("schema", Value::Choice(&[FORM]), "The form of this document."),
        Key::required(
            "verdict",
            Value::Choice(&VERDICTS),
            "The gravest of what was exercised; inconclusive where nothing was.",
        ),
        Key::required(
            "because",
            Value::List(&Value::Text),
            "Why nothing can be said for certain, whatever the rules found.",
        ),
        Key::required("exchanges", Value::Integer, "How many requests the protocols got."),
        Key::required(
            "unjudged",
            Value::Integer,
            "How many of them belong to no job that a client started here, and were not judged.",
        ),
        Key::required(
            "rules",
            Value::List(&Value::Object(&RULE)),
            "One for each rule, in the order of `orchspec list rules`.",
        ),
    ],
};

static RULE: Shape = Shape {
    name: "the verdict on a rule",
    doc: "What came of one rule.",
    keys: &[
        Key::required("id", Value::Text, "The rule: `orchspec explain CV-RETRY-1` tells more."),
        Key::required("level", Value::Choice(&words(&Level::WORDS)), "How binding it is."),
        Key::required("verdict", Value::Choice(&VERDICTS), "Not exercised is inconclusive."),
        Key::required(
            "because",
            Value::AnyOf(&[Value::Text, Value::Null]),
            "Why nothing could be said, if nothing could.",
        ),
        Key::required("exercised", Value::Integer, "How often there was something to look at."),
        Key::required(
            "evidence",
            Value::List(&Value::Integer),
            "Exchanges in the journal that show the verdict, a few of them.",
        ),
        Key::required(
            "findings",
            Value::List(&Value::Object(&FINDING)),
            "What was not as it should be; of an inconclusive rule, what may not have been.",
        ),
        Key::required("more", Value::Integer, "How many findings are left out."),
        Key::required("statement", Value::Text, "What must be so."),
        Key::required(
            "clauses",
            Value::List(&Value::Text),
            "The requirements and open questions that it follows from.",
        ),
        Key::required("fix", Value::Text, "What to change in a client that does otherwise."),
    ],
};

static FINDING: Shape = Shape {
    name: "a finding",
    doc: "Something that was not as it should be.",
    keys: &[
        Key::required("exchange", Value::Integer, "The exchange in the journal that shows it."),
        Key::required("place", Value::Text, "What was looked at."),
        Key::required("expected", Value::Text, "What should have been there."),
        Key::required("actual", Value::Text, "What was there."),
    ],
};
