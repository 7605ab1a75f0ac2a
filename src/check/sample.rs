//! Expectations, answers and names for the tests of this module, and judgements as one line each.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Map, Value, json};

use super::conjunction::Matchers;
use super::subject::{Scope, Subject};
use super::{Check, Compiler, Judgement, Mismatch, Moments, Reader, Schemas, View, block};
use crate::diagnostic::{Diagnostic, render};
use crate::http::message::{Answer, Exchange, Failure, Headers, Request, Response, Timing, Url};
use crate::profile::{Judged, Operation};
use crate::requirement::{Policies, Registry};
use crate::scenario::{Datum, Lookup};
use crate::source::{SourceMap, Span};
use crate::target::{Echoes, Entry, Job, JobKind, Window};
use crate::yaml::{self, Node};

const REGISTRY: &str = r#"
profile: uipath
title: A protocol
source: nothing
policies:
  client_mistake: { row: AMB-U07, values: [4xx, any-error], summary: "what counts as a refusal" }
  redirect_codes: { row: AMB-U01, values: [[303], [302, 303]], summary: "what counts as a redirect" }
requirements:
  - { id: TST-MAIN-01, level: MUST, who: [S], statement: One., clause: first }
  - { id: TST-MAIN-02, level: MUST, who: [S], statement: Two., clause: second }
"#;

const SCHEMAS: [(&str, &str); 3] = [
    ("tst/job", r#"{ "type": "object", "required": ["id"], "properties": { "id": { "$ref": "id" } } }"#),
    ("tst/id", r#"{ "type": "integer", "minimum": 1 }"#),
    ("tst/lost", r#"{ "$ref": "https://elsewhere.example/schema" }"#),
];

/// Captured values and whatever else has a name.
pub(super) struct Names(BTreeMap<&'static str, Datum>);

impl Lookup for Names {
    fn look_up(&self, name: &str) -> Option<Datum> {
        self.0.get(name).cloned()
    }
}

pub(super) fn names() -> Names {
    let json = Datum::Json;
    Names(BTreeMap::from([
        ("id", json(json!(955))),
        ("word", json(json!("done"))),
        ("created", json(json!("2024-01-15T12:00:00Z"))),
        ("codes", json(json!([302, 303]))),
        ("lag", Datum::Duration(Duration::from_secs(2))),
        ("policy.redirect_codes", json(json!([303]))),
    ]))
}

pub(super) fn schemas() -> Schemas {
    let mut sources = SourceMap::default();
    let files = SCHEMAS.map(|(name, text)| (name, sources.add(name, text), text));
    let (schemas, diagnostics) = Schemas::compile(files);
    assert_eq!(diagnostics, []);
    schemas
}

fn registry() -> Registry {
    let mut sources = SourceMap::default();
    let source = sources.add("requirements/uipath.yaml", REGISTRY);
    crate::requirement::parse(source, REGISTRY, &mut Vec::new()).unwrap()
}

/// Lets `read` loose on a YAML text; what it reported comes back rendered.
pub(super) fn compile<T>(text: &str, read: impl FnOnce(&Node, &mut Compiler<'_>) -> T) -> (T, String) {
    let mut sources = SourceMap::default();
    let source = sources.add("scenarios/a.yaml", text);
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    let node = yaml::parse(source, text, &mut diagnostics).unwrap();
    let (registry, schemas) = (registry(), schemas());
    let mut compiler = Compiler {
        registry: &registry,
        schemas: &schemas,
        side: crate::check::Side::Answer,
        diagnostics: &mut diagnostics,
    };
    let made = read(&node, &mut compiler);
    let rendered: Vec<String> = diagnostics.iter().map(|found| render(found, &sources, false)).collect();
    (made, rendered.join("\n"))
}

/// A block without mistakes.
pub(super) fn check(block: &str) -> Check {
    let (check, mistakes) = compile(block, block::compile);
    assert_eq!(mistakes, "");
    check
}

/// The mistakes in each of these blocks.
pub(super) fn mistakes(blocks: &[&str]) -> String {
    let each: Vec<String> = blocks.iter().map(|block| compile(block, block::compile).1).collect();
    each.join("\n\n")
}

/// The mistakes in each of these mappings of matchers.
pub(super) fn refuse(matchers: &[&str]) -> String {
    let each: Vec<String> = matchers.iter().map(|text| compile(text, Matchers::compile).1).collect();
    each.join("\n\n")
}

/// What matchers say of a value, a line for each mismatch; nothing if they hold.
pub(super) fn look(matchers: &str, value: &Value) -> String {
    look_at(matchers, Subject::Json(value))
}

/// What matchers say of anything.
pub(super) fn look_at(matchers: &str, subject: Subject<'_>) -> String {
    let (matchers, mistakes) = compile(matchers, Matchers::compile);
    assert_eq!(mistakes, "");
    let span = Span::new(SourceMap::default().add("a", ""), 0..0);
    let (names, schemas) = (names(), schemas());
    match matchers.judge(subject, Scope { lookup: &names, schemas: &schemas, span }) {
        Ok(mismatches) => lines(&mismatches),
        Err(unreached) => format!("not reached: {}", unreached.0),
    }
}

fn lines(mismatches: &[Mismatch]) -> String {
    let line = |one: &Mismatch| format!("{}: expected {}, actual {}", one.place, one.expected, one.actual);
    mismatches.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// An exchange with this answer, on `http://mock/t/a`.
pub(super) fn answer(status: u16, lines: &[(&str, &str)], body: impl Into<bytes::Bytes>) -> Exchange {
    let mut headers = Headers::default();
    for (name, value) in lines {
        headers.push(*name, *value);
    }
    exchange(Answer::Response(Response { status, headers, body: body.into(), oddities: Vec::new() }))
}

/// An exchange without an answer.
pub(super) fn silence(failure: Failure) -> Exchange {
    exchange(Answer::None(failure))
}

fn exchange(answer: Answer) -> Exchange {
    let url = Url::parse("http://mock/t/a").unwrap();
    let request = Request { method: "GET".to_owned(), url, headers: Headers::default(), body: None };
    let seconds = Duration::from_secs;
    let timing = Timing { sent: seconds(10), first_byte: Some(seconds(13)), complete: seconds(14) };
    Exchange { request, answer, timing, reused: false, resent: false, lost: false }
}

/// A job of which only the output is declared.
pub(super) fn job(output: Value) -> Job {
    Job {
        label: "sample".to_owned(),
        kind: JobKind::Sleep,
        entry: Entry::Trigger {
            path: "/t".to_owned(),
            verb: "GET".to_owned(),
            mode: "LongPolling".to_owned(),
        },
        runs: Window::default(),
        queued: Window::default(),
        release_by_hook: false,
        output: Some(output),
        echoes: Echoes::None,
        mark: None,
        error_contains: None,
        files: BTreeMap::new(),
        versions: BTreeMap::new(),
    }
}

fn show<T>(
    policies: &Policies,
    job: Option<&Job>,
    exchange: &Exchange,
    read: impl FnOnce(&View<'_>) -> T,
) -> T {
    let (names, schemas, sent) = (names(), schemas(), Map::new());
    let judged =
        Judged { operation: Operation::Get, filename: None, policies, job, sent: &sent, sent_as_text: false };
    let reader = Reader { profile: crate::profile::find("uipath").unwrap(), judged };
    let instant = |text: &str| text.parse().unwrap();
    let moments = Moments {
        step_started: Duration::from_secs(2),
        sent: instant("2024-01-15T12:00:10Z"),
        answered: instant("2024-01-15T12:00:14Z"),
    };
    read(&View::new(exchange, moments, reader, &names, &schemas))
}

/// Shows an exchange to a test, with a policy set.
pub(super) fn view_under<T>(
    policy: (&str, &str),
    exchange: &Exchange,
    read: impl FnOnce(&View<'_>) -> T,
) -> T {
    let mut policies = Policies::defaults(&registry().policies);
    policies.set(policy.0, policy.1.into());
    show(&policies, None, exchange, read)
}

/// Shows an exchange about a job to a test.
pub(super) fn view_of<T>(job: &Job, exchange: &Exchange, read: impl FnOnce(&View<'_>) -> T) -> T {
    show(&Policies::defaults(&registry().policies), Some(job), exchange, read)
}

/// Shows an exchange to a test.
pub(super) fn view<T>(exchange: &Exchange, read: impl FnOnce(&View<'_>) -> T) -> T {
    show(&Policies::defaults(&registry().policies), None, exchange, read)
}

/// What a block says of an exchange: its judgement, and a line for each mismatch.
pub(super) fn judge(block: &str, exchange: &Exchange) -> String {
    view(exchange, |view| say(&check(block).judge(view)))
}

/// A judgement in words.
pub(super) fn say(judgement: &Judgement) -> String {
    match judgement {
        Judgement::Held => "held".to_owned(),
        Judgement::HeldWithWarning(warning) => format!("held, but {warning}"),
        Judgement::Violated(mismatches) => lines(mismatches),
        Judgement::NotReached(reason) => format!("not reached: {reason}"),
        Judgement::Vacuous(reason) => format!("vacuous: {reason}"),
    }
}

/// Compares messages with the stored ones.
pub(super) fn snapshot(name: &str, messages: &str) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/tests/check");
    insta::with_settings!({ snapshot_path => folder, prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, messages);
    });
}
