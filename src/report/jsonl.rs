//! A run as JSON Lines: a header, a line for each case, and a footer without which the stream is incomplete.
//!
//! The three kinds of line can be written while a run goes on; header and cases need nothing that comes later.

use serde::Serialize;

use super::json::{SCHEMA, evidence, mirror};
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
        tool: mirror::tool(),
        suite: mirror::suite(suite_digest),
        target: mirror::target(target),
        selection: mirror::selection(selection),
    })
}

/// The line of a case that ended.
pub fn case(case: &CaseOutcome, sources: &SourceMap) -> String {
    line(&Line::Case {
        case: mirror::case(case, sources),
        volatile: Course { course: evidence::course(case), evidence: evidence::exchanges(case) },
    })
}

/// The last line: the gate and the totals.
pub fn footer(outcome: &RunOutcome) -> String {
    line(&Line::Footer {
        complete: !outcome.interrupted,
        gate: mirror::gate(outcome),
        totals: mirror::totals(&outcome.cases),
        counts: mirror::counts(outcome),
        requirements: mirror::requirements(outcome),
        unreferenced_snapshots: &outcome.unreferenced,
        volatile: Run {
            started: outcome.volatile.started.to_string(),
            duration_ms: evidence::milliseconds(outcome.volatile.duration),
            seed: outcome.volatile.seed,
        },
    })
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Line<'a> {
    Header {
        schema: &'static str,
        tool: mirror::Tool,
        suite: mirror::Suite<'a>,
        target: mirror::Target<'a>,
        selection: mirror::Selected<'a>,
    },
    Case {
        #[serde(flatten)]
        case: mirror::Case<'a>,
        volatile: Course<'a>,
    },
    Footer {
        /// Whether the run came to its end.
        complete: bool,
        gate: mirror::Gate,
        totals: mirror::Totals,
        counts: mirror::CountsByLevel,
        requirements: Vec<mirror::Requirement<'a>>,
        unreferenced_snapshots: &'a [String],
        volatile: Run,
    },
}

#[derive(Serialize)]
struct Course<'a> {
    #[serde(flatten)]
    course: evidence::Course<'a>,
    evidence: Vec<evidence::Exchange<'a>>,
}

#[derive(Serialize)]
struct Run {
    started: String,
    duration_ms: f64,
    seed: u64,
}

fn line(content: &Line<'_>) -> String {
    // Plain structs with text keys: there is nothing in them that JSON could not say.
    let mut text = serde_json::to_string(content).unwrap_or_default();
    text.push('\n');
    text
}
