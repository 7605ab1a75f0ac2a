//! HTTP Archive 1.2 of the failing cases: a page for each, for every tool that shows HTTP traffic.
//!
//! Everything is as it was recorded, with secrets masked and long bodies cut.

mod entry;
pub mod journal;

use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;

use entry::Entry;

use crate::outcome::{CaseOutcome, RunOutcome, Verdict};

/// The document, indented.
pub fn render(outcome: &RunOutcome) -> String {
    let failing = || outcome.cases.iter().filter(|case| case.verdict() == Verdict::Fail);
    let started = outcome.volatile.started;
    let pages = failing().map(|case| page(case, started)).collect();
    archive(pages, failing().flat_map(|case| entry::entries(case, started)).collect(), COMMENT)
}

fn archive(pages: Vec<Page<'_>>, entries: Vec<Entry<'_>>, comment: &str) -> String {
    let creator = Creator { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };
    let log = Log { version: "1.2", creator, pages, entries, comment };
    // Every key is a text, so there is nothing that could fail.
    let text = serde_json::to_string_pretty(&Archive { log }).unwrap_or_default();
    text + "\n"
}

const COMMENT: &str = "the failing cases of a run; each page counts from the start of the run as if its case had begun then, on \
                       the clock of the case";

#[derive(Serialize)]
struct Archive<'a> {
    log: Log<'a>,
}

#[derive(Serialize)]
struct Log<'a> {
    version: &'a str,
    creator: Creator,
    pages: Vec<Page<'a>>,
    entries: Vec<Entry<'a>>,
    comment: &'a str,
}

#[derive(Serialize)]
struct Creator {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Page<'a> {
    started_date_time: String,
    id: &'a str,
    title: &'a str,
    #[serde(rename = "pageTimings")]
    timings: Timings,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Timings {
    on_load: f64,
}

fn page(case: &CaseOutcome, started: Timestamp) -> Page<'_> {
    Page {
        started_date_time: started.to_string(),
        id: &case.id,
        title: &case.title,
        timings: Timings { on_load: milliseconds(case.duration) },
    }
}

/// Milliseconds with the microseconds behind the point.
fn milliseconds(duration: Duration) -> f64 {
    super::json::form::milliseconds(duration)
}
