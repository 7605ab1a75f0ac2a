//! The ELMA task queue as a client's traffic shows it: create, status until the end, download, cancel.

use serde_json::{Value, json};

use super::{Dialect, Phrase, Scene, covering};
use crate::profile::{Operation, Reading};
use crate::record::fold::ActKind;
use crate::record::line::Line;
use crate::target::JobKind;

/// The states of a task that has not ended.
const OPEN: [&str; 4] = ["EMPTY_ST", "PREPARE", "QUEUE", "EXECUTING"];

/// The state of a task that succeeded, and of one that failed, with the requirement that it comes to that.
const ENDS: [(&str, &str); 2] = [("DONE", "ELMA-STATUS-10"), ("ERROR", "ELMA-STATUS-11")];

/// Where an answer tells the state.
const STATE: &str = "/task/status";

/// The protocol.
pub(super) struct Elma;

impl Dialect for Elma {
    fn profile(&self) -> &'static str {
        "elma"
    }

    fn asks(&self, lines: &[Line<'_>], at: usize) -> bool {
        lines[at].operation() == Operation::Status
    }

    fn goes_on(&self, line: &Line<'_>) -> bool {
        state(line).is_some_and(|state| OPEN.contains(&state.as_str()))
    }

    fn phrase(&self, scene: &Scene<'_>) -> Phrase {
        match scene.first().operation() {
            Operation::Create => create(scene),
            Operation::Status => status(scene),
            Operation::Cancel => cancel(scene),
            Operation::Download => download(scene),
            Operation::Get | Operation::Raw => plain(scene, "ask", &[]),
        }
    }
}

fn state(line: &Line<'_>) -> Option<String> {
    let body: Value = serde_json::from_slice(&line.response.body).ok()?;
    body.pointer(STATE)?.as_str().map(str::to_owned)
}

fn create(scene: &Scene<'_>) -> Phrase {
    plain(scene, "create a task", &["ELMA-CREATE-01"])
}

/// Only a task that is sure to wait is sure to be taken out of the queue.
fn cancel(scene: &Scene<'_>) -> Phrase {
    let waits = scene.job.is_some_and(|concerned| concerned.job.kind == JobKind::Queue);
    plain(scene, "cancel the task", if waits { &["ELMA-CANCEL-01"] } else { &[] })
}

fn plain(scene: &Scene<'_>, name: &'static str, success: &[&str]) -> Phrase {
    let block = match scene.first().principal.as_str() {
        "anonymous" if scene.is_for_lack_of_credentials() => covering(&["ELMA-AUTH-01"], &scene.plain(&[])),
        "unknown" if scene.is_for_lack_of_credentials() => covering(&["ELMA-AUTH-02"], &scene.plain(&[])),
        _ => scene.plain(success),
    };
    Phrase { name, expect: vec![block], ..Phrase::default() }
}

/// A read that shows an end is written as a poll, also where the client saw it at once: a replay may come earlier.
fn status(scene: &Scene<'_>) -> Phrase {
    let end = state(scene.last()).and_then(|state| ENDS.into_iter().find(|(end, _)| *end == state));
    match (end, scene.act.kind, scene.act.lines.len()) {
        (Some((state, requirement)), ActKind::Poll, _) if scene.reading() == Reading::Success => {
            wait(scene, state, requirement)
        }
        (_, ActKind::Poll, 2..) => scene.broken_off("poll the task", in_state(&json!(OPEN))),
        _ => plain(scene, "read the task", &["ELMA-STATUS-01"]),
    }
}

/// An answer that shows the task in this state, or in one of these.
fn in_state(states: &Value) -> Value {
    json!({ "result": "success", "body": { "at": { STATE: states } } })
}

fn wait(scene: &Scene<'_>, state: &str, requirement: &str) -> Phrase {
    let limit = scene.outlives_polls();
    let mut pending = covering(&[requirement], &in_state(&json!(OPEN)));
    let until = covering(&[requirement], &in_state(&json!(state)));
    pending["seen"] = u64::from(limit.is_some()).into();
    let (result, remark) = if state == "DONE" { output(scene) } else { (None, None) };
    Phrase {
        name: if state == "DONE" { "wait until the task is done" } else { "wait until the task has failed" },
        beside: scene.polling(pending, until),
        expect: result.into_iter().collect(),
        snapshot: Some("end"),
        limits: limit.into_iter().collect(),
        remark,
        ..Phrase::default()
    }
}

/// The output, where it is the declared one: the poll has said already that the task was a success.
fn output(scene: &Scene<'_>) -> (Option<Value>, Option<String>) {
    let (block, remark) = scene.result(&["ELMA-STATUS-16"], &[]);
    (Some(block).filter(|block| block.get("covers").is_some()), remark)
}

fn download(scene: &Scene<'_>) -> Phrase {
    if scene.reading() != Reading::Success {
        return plain(scene, "download a file", &[]);
    }
    let (block, remark) = scene.result(&["ELMA-DL-01", "ELMA-DL-05"], &[]);
    Phrase {
        name: "download a file",
        expect: vec![block],
        snapshot: Some("file"),
        remark,
        ..Phrase::default()
    }
}
