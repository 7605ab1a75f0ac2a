//! Jobs, answers and requests that the tests of all profiles build on.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Files, Judged, Operation, Words};
use crate::http::message::{Headers, Request, Response, Url, readable};
use crate::requirement::Policies;
use crate::target::{Echoes, Entry, Job, JobKind, Window};

/// A job of which nothing is known but how it is started.
pub(super) fn job(entry: Entry) -> Job {
    Job {
        label: "sample".to_owned(),
        kind: JobKind::Echo,
        entry,
        runs: Window::default(),
        queued: Window::default(),
        release_by_hook: false,
        output: None,
        echoes: Echoes::None,
        mark: None,
        error_contains: None,
        files: BTreeMap::new(),
        versions: BTreeMap::new(),
    }
}

/// The members of an object.
pub(super) fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        other => panic!("{other} is no object"),
    }
}

/// An answer.
pub(super) fn answer(status: u16, body: impl Into<bytes::Bytes>) -> Response {
    Response { status, headers: Headers::default(), body: body.into(), oddities: Vec::new() }
}

/// Words without a credential or a mark.
pub(super) fn words<'a>(words: &'a Map<String, Value>, base: &'a Url, job: &'a Job) -> Words<'a> {
    Words { job: Some(job), ..words_of_nothing(words, base) }
}

/// The same about no job.
pub(super) fn words_of_nothing<'a>(words: &'a Map<String, Value>, base: &'a Url) -> Words<'a> {
    static NOTHING: Files = Files::none();
    Words { words, base, job: None, credential: None, carrier: None, mark: None, files: &NOTHING }
}

/// What an answer about that job is judged by.
pub(super) fn judged<'a>(
    operation: Operation,
    job: &'a Job,
    policies: &'a Policies,
    sent: &'a Map<String, Value>,
) -> Judged<'a> {
    Judged { operation, filename: None, policies, job: Some(job), sent, sent_as_text: false }
}

/// Every byte of a request that a profile decides, one line each; a body after an empty line.
pub(super) fn wire(request: &Request) -> String {
    let line = |(name, value): (&str, &[u8])| format!("{name}: {}\n", readable(value));
    let headers: String = request.headers.iter().map(line).collect();
    let body = request.body.as_ref().map(|body| format!("\n{}", readable(body))).unwrap_or_default();
    format!("{} {}\n{headers}{body}", request.method, request.url)
}
