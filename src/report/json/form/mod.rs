//! The form of the JSON report, apart from the types of the program, so that those may change without it; it is written
//! and read by the same types.

mod volatile;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub(in crate::report) use super::word::Word;
pub(in crate::report) use volatile::{
    Contents, Course, Exchange, Message, Response, Texts, Volatile, duration, milliseconds,
};

use crate::outcome::baseline::Standing;
use crate::outcome::gate::GateExit;
use crate::outcome::{SnapshotState, Verdict};
use crate::requirement::Level;

/// How many cases came to each verdict, by its word.
pub(in crate::report) type Totals = BTreeMap<String, usize>;

/// How far the requirements of each level got, by its word.
pub(in crate::report) type CountsByLevel = BTreeMap<String, Reach>;

/// The lines that the report points at: file, number, text.
pub(in crate::report) type Lines = BTreeMap<String, BTreeMap<usize, String>>;

#[derive(Serialize, Deserialize)]
pub(in crate::report) struct Report {
    pub(in crate::report) schema: String,
    pub(in crate::report) tool: Tool,
    pub(in crate::report) suite: Suite,
    pub(in crate::report) target: Target,
    pub(in crate::report) selection: Selected,
    pub(in crate::report) gate: Gate,
    pub(in crate::report) baseline: Option<Baseline>,
    pub(in crate::report) totals: Totals,
    pub(in crate::report) counts: CountsByLevel,
    pub(in crate::report) requirements: Vec<Requirement>,
    pub(in crate::report) cases: Vec<Case>,
    pub(in crate::report) unreferenced_snapshots: Vec<String>,
    pub(in crate::report) lines: Lines,
    pub(in crate::report) volatile: Volatile,
}

#[derive(Serialize, Deserialize)]
pub(in crate::report) struct Tool {
    pub(in crate::report) name: String,
    pub(in crate::report) version: String,
}

#[derive(Serialize, Deserialize)]
pub(in crate::report) struct Suite {
    pub(in crate::report) digest: String,
}

#[derive(Serialize, Deserialize)]
pub(in crate::report) struct Target {
    pub(in crate::report) identity: String,
    pub(in crate::report) policies: BTreeMap<String, String>,
    pub(in crate::report) capabilities: BTreeMap<String, String>,
    pub(in crate::report) bindings: BTreeMap<String, String>,
}

#[derive(Serialize, Deserialize)]
pub(in crate::report) struct Selected {
    pub(in crate::report) filters: Vec<String>,
    pub(in crate::report) shard: Option<String>,
    pub(in crate::report) complete: bool,
    pub(in crate::report) cases: usize,
}

#[derive(Serialize, Deserialize)]
pub(in crate::report) struct Gate {
    pub(in crate::report) result: Word<GateExit>,
    pub(in crate::report) exit_code: u8,
    pub(in crate::report) because: Vec<String>,
    pub(in crate::report) options: Options,
}

/// What besides a violated obligation was to close the gate.
#[derive(Serialize, Deserialize)]
pub(in crate::report) struct Options {
    pub(in crate::report) fail_on_warn: bool,
    pub(in crate::report) full: bool,
    pub(in crate::report) refused_snapshots: Vec<Word<SnapshotState>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::report) unmet_faults: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::report) unjudged: Vec<String>,
}

/// What was to be tolerated, and whether it came.
#[derive(Serialize, Deserialize)]
pub(in crate::report) struct Baseline {
    pub(in crate::report) file: String,
    pub(in crate::report) entries: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
pub(in crate::report) struct Entry {
    pub(in crate::report) case: String,
    pub(in crate::report) requirement: String,
    pub(in crate::report) expect: Word<Verdict>,
    pub(in crate::report) signature: String,
    pub(in crate::report) reason: String,
    pub(in crate::report) issue: Option<String>,
    pub(in crate::report) expires: Option<jiff::civil::Date>,
    pub(in crate::report) standing: Word<Standing>,
}

#[derive(Serialize, Deserialize)]
pub(in crate::report) struct Reach {
    pub(in crate::report) registered: usize,
    pub(in crate::report) observable: usize,
    pub(in crate::report) attainable: usize,
    pub(in crate::report) exercised: usize,
    pub(in crate::report) held: usize,
}

#[derive(Serialize, Deserialize)]
pub(in crate::report) struct Requirement {
    pub(in crate::report) id: String,
    pub(in crate::report) profile: String,
    pub(in crate::report) level: Word<Level>,
    pub(in crate::report) statement: String,
    pub(in crate::report) untested: Option<String>,
    pub(in crate::report) verdict: Word<Verdict>,
    pub(in crate::report) cases: Vec<String>,
}

#[derive(Serialize, Deserialize)]
pub(in crate::report) struct Case {
    pub(in crate::report) id: String,
    pub(in crate::report) title: String,
    pub(in crate::report) profile: String,
    pub(in crate::report) source: Source,
    pub(in crate::report) verdict: Word<Verdict>,
    pub(in crate::report) because: Option<String>,
    pub(in crate::report) verdicts: Vec<Judged>,
    pub(in crate::report) findings: Vec<Found>,
    pub(in crate::report) failed_controls: Vec<String>,
    pub(in crate::report) snapshots: Vec<Snapshot>,
}

/// A place in a file; line, column and length count from 1 and in characters, the length up to the end of the line.
#[derive(Serialize, Deserialize)]
pub(in crate::report) struct Source {
    pub(in crate::report) file: String,
    pub(in crate::report) line: usize,
    pub(in crate::report) column: usize,
    pub(in crate::report) length: usize,
}

#[derive(Serialize, Deserialize)]
pub(in crate::report) struct Judged {
    pub(in crate::report) requirement: String,
    pub(in crate::report) verdict: Word<Verdict>,
    pub(in crate::report) because: Option<String>,
    pub(in crate::report) policy: Option<String>,
}

/// `expected` and `actual` with ids, instants, URLs and durations replaced by their class; the exact texts are evidence.
#[derive(Serialize, Deserialize)]
pub(in crate::report) struct Found {
    pub(in crate::report) requirements: Vec<String>,
    pub(in crate::report) step: String,
    pub(in crate::report) place: String,
    pub(in crate::report) expected: String,
    pub(in crate::report) actual: String,
    pub(in crate::report) signature: String,
    pub(in crate::report) source: Source,
}

#[derive(Serialize, Deserialize)]
pub(in crate::report) struct Snapshot {
    pub(in crate::report) name: String,
    pub(in crate::report) state: Word<SnapshotState>,
    pub(in crate::report) unused_redactions: Vec<String>,
}
