//! Fetching a file of a completed task. The answer is the file itself.

use hyper::StatusCode;
use hyper::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use serde_json::Value;

use super::body::{Body, id};
use super::task::{look_up, may_read};
use crate::mock::engine::{Job, State};
use crate::mock::fixture::{Process, System};
use crate::mock::policy::FileLabel;
use crate::mock::protocol::Refusal;
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(super) fn find(
    exchange: &mut Exchange<'_>,
    world: &World,
    body: &Body,
    system: &System,
) -> Result<(), Refusal> {
    let key = look_up(exchange, world, id(exchange, body, "taskid")?)?;
    may_read(exchange, world, key, system)?;
    exchange.job = Some(key);
    let done = world.job(Some(key)).is_some_and(|job| job.state == State::Done);
    exchange.demand(done, Refusal::NotDone)?;
    file_name(exchange).map(|_| ()).ok_or(Refusal::Malformed("`filename` is missing or no text"))
}

pub(super) fn send(exchange: &Exchange<'_>, job: &Job) -> Result<Answer, Refusal> {
    let name = file_name(exchange).unwrap_or_default();
    let own = || process(exchange, job).map_or(&[][..], |process| &process.files);
    let files = job.order.files.as_deref().unwrap_or_else(own);
    let file = match files.iter().find(|file| *file.name == name) {
        Some(file) => file,
        None => {
            exchange.demand(false, Refusal::UnknownFile).and(files.first().ok_or(Refusal::UnknownFile))?
        }
    };
    Ok(labelled(exchange, &name, Answer::text(StatusCode::OK, "application/octet-stream", file.bytes())))
}

fn labelled(exchange: &Exchange<'_>, name: &str, mut file: Answer) -> Answer {
    match exchange.configuration.policies.file_label {
        FileLabel::Bytes => {}
        FileLabel::None => _ = file.headers.remove(CONTENT_TYPE),
        FileLabel::Attachment => {
            file.set(CONTENT_TYPE, "text/plain; charset=windows-1251");
            file.set(CONTENT_DISPOSITION, &format!("attachment; filename=\"{name}\""));
        }
    }
    file
}

pub(in crate::mock) fn process<'a>(exchange: &Exchange<'a>, job: &Job) -> Option<&'a Process> {
    let processes = &exchange.configuration.fixtures.processes;
    processes.iter().find(|process| process.name == job.order.label)
}

/// The name that the call asks for.
fn file_name(exchange: &Exchange<'_>) -> Option<String> {
    let body: Value = serde_json::from_slice(&exchange.request.body).ok()?;
    body.get("filename")?.as_str().map(str::to_owned)
}
