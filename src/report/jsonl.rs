//! A run as JSON Lines: a header, a line for each case, and a footer without which the stream is incomplete.
//!
//! The three kinds of line can be written while a run goes on; header and cases need nothing that comes later.

use serde::Serialize;

use super::json::{SCHEMA, form, write};
use crate::outcome::{CaseOutcome, RunOutcome, Selection, TargetSummary};
use crate::source::SourceMap;

/// All lines of a run that is over.
pub fn render(outcome: &RunOutcome, sources: &SourceMap) -> String {
    let cases = outcome.cases.iter().map(|outcome| case(outcome, sources));
    let header = header(&outcome.suite_digest, &outcome.target, &outcome.selection);
    std::iter::once(header).chain(cases).chain([footer(outcome)]).collect()
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

/// The last line: the gate and the totals.
pub fn footer(outcome: &RunOutcome) -> String {
    line(&Line::Footer {
        complete: !outcome.interrupted,
        gate: write::gate(outcome),
        baseline: outcome.baseline.as_ref().map(write::baseline),
        totals: write::totals(&outcome.cases),
        counts: write::counts(outcome),
        requirements: write::requirements(outcome),
        unreferenced_snapshots: outcome.unreferenced.clone(),
        volatile: Run {
            started: outcome.volatile.started.to_string(),
            duration_ms: form::milliseconds(outcome.volatile.duration),
            seed: outcome.volatile.seed,
        },
    })
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
        gate: form::Gate,
        baseline: Option<form::Baseline>,
        totals: form::Totals,
        counts: form::CountsByLevel,
        requirements: Vec<form::Requirement>,
        unreferenced_snapshots: Vec<String>,
        volatile: Run,
    },
}

#[derive(Serialize)]
struct Course {
    #[serde(flatten)]
    course: form::Course,
    evidence: Vec<form::Exchange>,
}

#[derive(Serialize)]
struct Run {
    started: String,
    duration_ms: f64,
    seed: u64,
}

fn line(content: &Line) -> String {
    // Plain structs with text keys: there is nothing in them that JSON could not say.
    let mut text = serde_json::to_string(content).unwrap_or_default();
    text.push('\n');
    text
}
