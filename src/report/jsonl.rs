//! A run as JSON Lines: a header, a line for each case, and a footer without which the stream is incomplete.
//!
//! The three kinds of line can be written while a run goes on; header and cases need nothing that comes later.

use serde::Serialize;
use serde_json::{Map, Value};

use super::json::{self, SCHEMA, form, write};
use crate::outcome::{CaseOutcome, RunOutcome, Selection, TargetSummary};
use crate::source::SourceMap;

/// All lines of a run that is over.
pub fn render(outcome: &RunOutcome, sources: &SourceMap) -> String {
    let cases = outcome.cases.iter().map(|outcome| case(outcome, sources));
    let header = header(&outcome.suite_digest, &outcome.target, &outcome.selection);
    std::iter::once(header).chain(cases).chain([footer(outcome, sources)]).collect()
}

/// The first line: what is about to be judged.
pub fn header(suite_digest: &str, target: &TargetSummary, selection: &Selection) -> String {
    line(&Line::Header {
        schema: SCHEMA,
        tool: write::tool(),
        suite: write::suite(suite_digest),
        target: write::target(target),
        selection: write::selection(selection),
    })
}

/// The line of a case that ended.
pub fn case(case: &CaseOutcome, sources: &SourceMap) -> String {
    line(&Line::Case {
        case: write::case(case, sources),
        volatile: Course { course: write::course(case), evidence: write::exchanges(case) },
    })
}

/// The last line: everything that only the end knows, with the digests of the one document that all lines are.
pub fn footer(outcome: &RunOutcome, sources: &SourceMap) -> String {
    let mut rest = json::document(outcome, sources);
    for part in ["schema", "tool", "suite", "target", "selection", "cases"] {
        rest.shift_remove(part);
    }
    if let Some(Value::Object(volatile)) = rest.get_mut("volatile") {
        volatile.shift_remove("cases");
        volatile.shift_remove("evidence");
    }
    line(&Line::Footer { complete: !outcome.interrupted, rest })
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Line {
    Header {
        schema: &'static str,
        tool: form::Tool,
        suite: form::Suite,
        target: form::Target,
        selection: form::Selected,
    },
    Case {
        #[serde(flatten)]
        case: form::Case,
        volatile: Course,
    },
    Footer {
        /// Whether the run came to its end.
        complete: bool,
        #[serde(flatten)]
        rest: Map<String, Value>,
    },
}

#[derive(Serialize)]
struct Course {
    #[serde(flatten)]
    course: form::Course,
    evidence: Vec<form::Exchange>,
}

fn line(content: &Line) -> String {
    // Plain structs with text keys: there is nothing in them that JSON could not say.
    let mut text = serde_json::to_string(content).unwrap_or_default();
    text.push('\n');
    text
}
