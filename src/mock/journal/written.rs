//! Entries as JSON, the same in the journal's file, in the control API and in its events.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Closed, Decided, Entry, Event, Opened};
use crate::mock::fault::damage::End;

impl Entry {
    /// The entry as one JSON object.
    pub fn to_json(&self) -> Value {
        let mut written = json!({
            "number": self.number,
            "exchange": self.exchange,
            "wall": self.wall.to_string(),
            "now_ms": milliseconds(self.now),
        });
        let (word, more) = match &self.event {
            Event::Opened(opened) => ("opened", request(opened)),
            Event::Decided(decided) => ("decided", answer(decided)),
            Event::Closed(closed) => ("closed", end(closed)),
            Event::Steered(what) => ("steered", json!({ "what": what })),
        };
        written["event"] = json!(word);
        if let (Some(written), Value::Object(more)) = (written.as_object_mut(), more) {
            written.extend(more);
        }
        written
    }

    /// Whether the entry names this job.
    pub fn is_about(&self, job: u64) -> bool {
        self.event.is_about(job)
    }
}

fn request(opened: &Opened) -> Value {
    json!({
        "connection": opened.connection,
        "nth": opened.nth,
        "caused_by": opened.origin.caused_by,
        "hop": opened.origin.hop,
        "attempt": opened.origin.attempt,
        "method": opened.method,
        "target": opened.target,
        "headers": headers(&opened.head),
        "body": text(&opened.body),
        "length": opened.length,
    })
}

fn answer(decided: &Decided) -> Value {
    json!({
        "operation": decided.operation,
        "job": decided.job,
        "version": decided.version,
        "status": decided.status,
        "headers": headers(&decided.head),
        "body": text(&decided.body),
        "length": decided.length,
        "because": decided.because,
        "fault": decided.fault.as_deref(),
        "phase": decided.phase,
        "delays": decided.delays.iter().map(|name| &**name).collect::<Vec<_>>(),
        "defects": decided.defects,
    })
}

fn end(closed: &Closed) -> Value {
    json!({ "bytes": closed.bytes, "whole": closed.whole, "end": closed.end.map(End::word) })
}

/// Pairs of names and values in the order of the lines.
fn headers(head: &[u8]) -> Vec<(String, String)> {
    let lines = String::from_utf8_lossy(head);
    let pairs = lines.lines().filter_map(|line| line.split_once(": "));
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// The text of a body; one that is no text is told by its first bytes.
fn text(body: &[u8]) -> String {
    String::from_utf8_lossy(body).into_owned()
}

/// Whole milliseconds.
pub(in crate::mock) fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
