//! What becomes of exchanges that no real client of the integration tests shows.

use std::time::Duration;

use bytes::Bytes;
use serde_json::{Value, json};

use super::{Mishap, Setting, Taped, Written, compose};
use crate::http::message::{Answer, Exchange, Failure, Headers, Request, Response, Timing, Url};
use crate::target::Target;
use crate::target::testing::{Machine, read, registries};

const TARGET: &str = r#"target: 1
identity: { organization: Acme, product: Orchestrator }
elma:
  base: "http://elma/base"
  principals: { owner: { token: owner-of-everything } }
  jobs:
    quick: { process: process-of-quick, kind: echo, echoes: { text_in: text_out } }
    slow: { process: process-of-slow, kind: queue, queued: { at_least: 20s, at_most: 30s } }
uipath:
  base: "http://uipath/base"
  principals: { owner: { bearer: owner-of-everything } }
  hold: { at_least: 20s, at_most: 30s }
  jobs:
    quick: { path: /t/quick, verb: POST, mode: AsyncRequestReply, kind: echo, runs: { at_least: 0s, at_most: 1s } }
    slow: { path: /t/slow, verb: POST, mode: LongPolling, kind: sleep, runs: { at_least: 1m, at_most: 2m }, output: { ok: true } }
    fails: { path: /t/fails, verb: POST, mode: AsyncRequestReply, kind: fault, error_contains: boom }
    held: { path: /t/held, verb: POST, mode: FireAndForget, kind: queue, release: hook }
"#;

/// A recording in the making; a request is sent a second after the one before it.
struct Script {
    profile: &'static str,
    taped: Vec<Taped>,
}

impl Script {
    fn new(profile: &'static str) -> Self {
        Self { profile, taped: Vec::new() }
    }

    /// `POST /t/quick` with these header lines and this body, and its answer.
    fn ask(mut self, what: &str, sent: (&[(&str, &str)], Option<Value>), answer: Answer) -> Self {
        let (method, path) = what.split_once(' ').unwrap();
        let (lines, body) = sent;
        let mut headers = Headers::default();
        if body.is_some() {
            headers.push("content-type", "application/json");
        }
        for (name, value) in lines {
            headers.push(*name, *value);
        }
        let url = Url::parse(&format!("http://{}/base{path}", self.profile)).unwrap();
        let body = body.map(|body| Bytes::from(body.to_string()));
        let request = Request { method: method.to_owned(), url, headers, body };
        let sent = Duration::from_secs(self.taped.len() as u64);
        let timing = Timing { sent, first_byte: Some(sent), complete: sent + Duration::from_millis(5) };
        let exchange = Exchange { request, answer, timing, reused: false, resent: false, lost: false };
        self.taped.push(Taped { profile: self.profile.to_owned(), exchange });
        self
    }

    /// As the owner: with a bearer token, or with the token in the body.
    fn owner(self, what: &str, body: Option<Value>, answer: Answer) -> Self {
        if self.profile == "elma" {
            let mut body = body.unwrap();
            body["auth_tkn"] = "owner-of-everything".into();
            return self.ask(what, (&[], Some(body)), answer);
        }
        self.ask(what, (&[("authorization", "Bearer owner-of-everything")], body), answer)
    }

    fn compose(&self, mishaps: &[Mishap]) -> Result<Written, Vec<String>> {
        let target: Target = read(TARGET, &[], &Machine::default()).0.unwrap();
        let registries = registries();
        let registry = registries.iter().find(|registry| registry.profile == self.profile).unwrap();
        let setting = Setting {
            target: &target,
            protocol: target.protocol(self.profile).unwrap(),
            registry,
            id: "recorded/session",
            begun: jiff::Timestamp::UNIX_EPOCH,
        };
        compose(&self.taped, mishaps, setting)
    }

    /// What stands below the head.
    fn steps(&self) -> String {
        let text = self.compose(&[]).unwrap().text;
        text.split_once("tags: [recorded]\n").unwrap().1.to_owned()
    }
}

fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut lines = Headers::default();
    for (name, value) in headers {
        lines.push(*name, *value);
    }
    Answer::Response(Response { status, headers: lines, body: body.to_owned().into(), oddities: Vec::new() })
}

fn shows(name: &str, text: &str) {
    insta::with_settings!({
        snapshot_path => concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/tests/record"),
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(name, text);
    });
}

fn task(id: u64, state: &str) -> Answer {
    let output = "{\"text_out\":\"a\"}";
    answer(
        200,
        &[],
        &json!({ "status": 200, "task": { "id": id, "status": state, "outputCtx": output } }).to_string(),
    )
}

fn create(process: &str, context: &Value) -> Option<Value> {
    Some(json!({ "task": { "process": process, "version": 0, "ctx": context.to_string() } }))
}

const CREATE: &str = "POST /v1/orchestra/task/create";
const STATUS: &str = "POST /v1/orchestra/task/status";
const CANCEL: &str = "POST /v1/orchestra/task/cancel";

#[test]
fn jobs_side_by_side_keep_their_names_and_a_cancel_ends_a_poll() {
    let id = |id: u64| Some(json!({ "id": id }));
    let script = Script::new("elma")
        .owner(CREATE, create("process-of-quick", &json!({ "text_in": "a" })), task(1, "QUEUE"))
        .owner(CREATE, create("process-of-slow", &json!({ "b": 1 })), task(2, "QUEUE"))
        .owner(STATUS, id(2), task(2, "QUEUE"))
        .owner(STATUS, id(1), task(1, "EXECUTING"))
        .owner(CANCEL, id(2), task(2, "QUEUE"))
        .owner(STATUS, id(1), task(1, "DONE"))
        .owner(STATUS, id(9), answer(200, &[], r#"{"status":404}"#));
    shows("side_by_side", &script.steps());
}

#[test]
fn a_body_that_the_words_do_not_make_is_sent_as_it_is() {
    let body = json!({ "task": { "process": "process-of-quick", "priority": "HIGH" } });
    let script = Script::new("elma").owner(CREATE, Some(body), task(1, "QUEUE"));
    let steps = script.steps();
    let sent =
        r#"{ auth_tkn: "${{ principal.token }}", task: { process: "${{ job.process }}", priority: HIGH } }"#;
    let written: String = steps.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        written.contains("auth_tkn: \"${{ principal.token }}\"")
            && written.contains("process: \"${{ job.process }}\""),
        "{sent}\n{steps}"
    );
}

#[test]
fn nobody_is_who_the_target_file_does_not_know() {
    let refused = || answer(401, &[], "");
    let status = "GET /t/jobs/1";
    let accepted = answer(202, &[("Location", "jobs/1")], "");
    let script = Script::new("uipath")
        .owner("POST /t/quick", Some(json!({})), accepted)
        .ask("POST /t/quick", (&[], Some(json!({}))), refused())
        .ask(status, (&[("authorization", "Bearer of-nobody-at-all")], None), refused())
        .ask(status, (&[("authorization", "Basic of-nobody-at-all")], None), refused());
    shows("nobody", &script.steps());
}

#[test]
fn a_failed_job_and_a_gateway_in_between() {
    let location = |path| answer(303, &[("Location", path)], "");
    let script = Script::new("uipath")
        .owner("POST /t/fails", Some(json!({})), answer(202, &[("Location", "/base/status")], ""))
        .owner("GET /status", None, answer(200, &[], ""))
        .owner("GET /status", None, answer(502, &[], ""))
        .owner("GET /status", None, location("/base/output"))
        .owner("GET /output", None, answer(500, &[], "boom"));
    shows("failed_job", &script.steps());
}

#[test]
fn a_poll_that_ends_in_nothing_is_written_without_a_requirement() {
    let script = Script::new("uipath")
        .owner("POST /t/quick", Some(json!({})), answer(202, &[("Location", "/base/status")], ""))
        .owner("GET /status", None, answer(200, &[], ""))
        .owner("GET /status", None, answer(404, &[], ""));
    let steps = script.steps();
    assert!(steps.contains("until: { result: refused }") && steps.contains("control: true"), "{steps}");
}

#[test]
fn a_chain_that_another_principal_follows_says_so() {
    let to_itself = || answer(303, &[("Location", "/base/wait")], "");
    let script = Script::new("uipath")
        .owner("POST /t/slow", Some(json!({})), to_itself())
        .ask("GET /wait", (&[], None), to_itself())
        .ask("GET /wait", (&[], None), answer(200, &[], r#"{"ok":true}"#));
    let steps = script.steps();
    assert!(steps.contains("as: anonymous") && steps.contains("codes: \"redirect+ 2xx\""), "{steps}");
}

#[test]
fn what_needs_a_hand_is_said() {
    let script = Script::new("uipath").owner("POST /t/held", Some(json!({ "a": 1 })), answer(200, &[], ""));
    let remarks = script.compose(&[Mishap::HungUp("GET /a".to_owned())]).unwrap().remarks;
    assert_eq!(
        remarks,
        [
            "left out: nobody waited for the answer to GET /a",
            "scenarios send no arguments to a job of kind `queue`, and the client sent a",
            "`held` waits for a hook, and no traffic shows one: add a step `hook: { release: job }`",
        ]
    );
}

#[test]
fn without_anything_to_say_the_reasons_remain() {
    let script = Script::new("uipath")
        .owner("OPTIONS /t/quick", None, answer(204, &[], ""))
        .owner("GET /elsewhere", None, answer(200, &[], ""))
        .owner("POST /t/quick", Some(json!({})), Answer::None(Failure::Refused));
    assert_eq!(
        script.compose(&[]).unwrap_err(),
        [
            "left out: OPTIONS /base/t/quick, answered 204, is no call that `uipath` has words for",
            "left out: POST /base/t/quick got no answer: connection refused: nobody listens there",
            "left out: GET /base/elsewhere, answered 200: no answer of the recording names this address",
        ]
    );
}
