//! Calls of a server that others could have written: taken, judged, answered and told; and what it can do wrong is found.

use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rstest::rstest;
use serde_json::Value;

use crate::documentation::block::blocks;
use crate::orchspec::{Ended, Orchspec};

const PAGE: &str = include_str!("../../docs/callbacks.md");
const SECRET: &str = "a-secret-of-this-test";

struct Server {
    process: Child,
    url: String,
}

impl Server {
    /// A server that does one thing wrong, or none.
    fn start(defect: &str) -> Self {
        let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        let program = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/callbacks/server.py");
        let mut command = Command::new("python3");
        command.args([program, &port.to_string(), defect]).stdout(Stdio::null()).stderr(Stdio::null());
        let server = Self { process: command.spawn().unwrap(), url: format!("http://127.0.0.1:{port}") };
        for _ in 0..600 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return server;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("the server does not listen");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The page's files, for this server.
fn of_the_page(name: &str, server: &Server) -> Orchspec {
    let blocks = blocks(PAGE).into_iter();
    let titled = blocks.filter_map(|block| Some((block.title?, block.text)));
    let written = titled.fold(Orchspec::new(name), |program, (title, text)| program.file(&title, &text));
    written.variable("JOBS_URL", server.url.as_str())
}

fn run(program: &Orchspec, more: &[&str]) -> Ended {
    let arguments = ["run", "--suite", "suite", "--target", "target.yaml", "--report", "json=report.json"];
    program.call(&[&arguments, more].concat())
}

fn report(program: &Orchspec) -> Value {
    serde_json::from_slice(&std::fs::read(program.path("report.json")).unwrap()).unwrap()
}

#[test]
fn what_the_page_shows_is_so() {
    let server = Server::start("");
    let program = of_the_page("callbacks-page", &server);
    let blocks = blocks(PAGE);
    let shown: Vec<&str> =
        blocks.iter().filter_map(|block| Some(block.text.strip_prefix("$ orchspec ")?.trim_end())).collect();
    let [command] = shown.as_slice() else { panic!("{shown:?}") };
    let (arguments, printed) = command.split_once('\n').unwrap();
    let ended = program.call(&arguments.split(' ').collect::<Vec<_>>());
    assert_eq!(ended.code, 0, "{ended}");
    assert!(ended.stdout.lines().any(|line| line == printed), "{ended}");
    assert!(ended.stderr.contains("\n  call-backs at http://127.0.0.1:"), "{ended}");
}

/// Place, and what was expected and came, of everything that was found.
fn found(report: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut found = Vec::new();
    for case in report["cases"].as_array().unwrap() {
        for finding in case["findings"].as_array().unwrap() {
            let step = text(&finding["requirements"][0]);
            let [place, expected, actual] = ["place", "expected", "actual"].map(|key| text(&finding[key]));
            found.push(format!("{step} | {place}: {expected}, {actual}"));
        }
    }
    found.dedup();
    found
}

const ONCE: &str = "jobs/tells-its-end: its end is told once";
const AGAIN: &str = "jobs/tells-it-again: its end is told until it is accepted";

#[rstest]
#[case("never", &[(AGAIN, "call-back done: exactly 3 calls"), (ONCE, "call-back done: exactly 1 call")])]
#[case("twice", &[(ONCE, "call-back done: exactly 1 call"), (AGAIN, "call-back done: exactly 3 calls")])]
#[case("wrong-body", &[(AGAIN, "/state"), (ONCE, "/state")])]
#[case("unsigned", &[(ONCE, "header x-signature")])]
#[case("early", &[(ONCE, "value came")])]
#[case("gives-up", &[(AGAIN, "call-back done: exactly 3 calls")])]
#[case("get", &[(ONCE, "method: \"POST\", \"GET\"")])]
fn what_a_server_does_wrong_is_found(#[case] defect: &str, #[case] expected: &[(&str, &str)]) {
    let server = Server::start(defect);
    let program = of_the_page(&format!("callbacks-{defect}"), &server);
    let ended = run(&program, &[]);
    assert_eq!(ended.code, 1, "{ended}");
    let found = found(&report(&program));
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (requirement, beginning) in expected {
        let wanted = format!("{requirement} | {beginning}");
        assert!(found.iter().any(|found| found.starts_with(&wanted)), "{wanted}\n{found:#?}");
    }
}

/// What came, but to nobody, is mostly what is missing.
#[rstest]
#[case("elsewhere", "to /elsewhere, which is the address of no case")]
#[case("encrypted", " brought no HTTP/1.1: TLS came, and the address begins with http:")]
fn what_came_to_no_case_is_told_to_those_that_wait(#[case] defect: &str, #[case] told: &str) {
    let server = Server::start(defect);
    let program = of_the_page(&format!("callbacks-{defect}"), &server);
    let ended = run(&program, &[]);
    assert_eq!(ended.code, 1, "{ended}");
    let found = found(&report(&program));
    let is_told = |found: &&String| found.contains("none came to ") && found.ends_with(told);
    assert_eq!(found.iter().filter(is_told).count(), 2, "{found:#?}");
}

const TOLD: &str = r#"title: A secret that comes back is hidden, and a call that nobody asked for is shown
profile: http
callbacks: { done: {}, other: { answers: [ { status: 404, text: no } ] } }
steps:
  - name: start a job
    request: { post: /jobs, json: { notify: "${{ callback.done }}", note: "${{ principal.token }}" } }
    expect: [ { status: 202 } ]
  - name: start another one
    request: { post: /jobs, json: { notify: "${{ callback.other }}" } }
    expect: [ { status: 202 } ]
  - name: the first one is told
    await: { callback: done, within: 5s }
    expect: [ { body: { at: { /note: "${{ principal.token }}" } } } ]
  - name: the other one is told
    await: { callback: other, within: 5s }
  - name: it is tried again, and never as something else
    await: { callback: other, matching: { method: DELETE }, count: 0, within: 2s }
  - name: an order without an address is refused
    control: true
    request: { post: /jobs, json: {} }
    expect: [ { status: 422 } ]
"#;

fn own(name: &str, server: &Server) -> Orchspec {
    let target = format!(
        "target: 1\nhttp:\n  base: {}\n  principals: {{ owner: {{ token: {SECRET} }} }}\n",
        server.url
    );
    Orchspec::new(name).file("suite/scenarios/jobs/told.yaml", TOLD).file("target.yaml", target)
}

#[test]
fn calls_stand_in_every_report_without_secrets() {
    let server = Server::start("");
    let program = own("callbacks-told", &server);
    let more = ["--report", "html=report.html", "--report", "jsonl=report.jsonl"];
    let ended = run(&program, &more);
    assert_eq!(ended.code, 0, "{ended}");
    for file in ["report.json", "report.html", "report.jsonl"] {
        let text = std::fs::read_to_string(program.path(file)).unwrap();
        assert!(text.contains("call-back `done`"), "{file} shows no call");
        assert!(!text.contains(SECRET) && text.contains("[http.owner.token]"), "{file} shows the secret");
    }
    let evidence = report(&program)["volatile"]["evidence"]["jobs/told"].as_array().unwrap().clone();
    let calls: Vec<&Value> =
        evidence.iter().filter(|exchange| exchange["principal"] == "the server").collect();
    assert!(calls.len() >= 3, "{calls:#?}");
    let sent: Vec<f64> = calls.iter().map(|call| call["sent_ms"].as_f64().unwrap()).collect();
    // Two that come at once may be read in any order; the last of them comes long after the first.
    assert!(sent.iter().all(|at| *at > 0.0) && sent.first() < sent.last(), "{sent:?}");
    assert!(calls.iter().any(|call| call["response"]["status"] == 404), "{calls:#?}");
    assert!(calls.iter().any(|call| call["note"] == "no step has waited for it"), "{calls:#?}");
}

#[test]
fn a_port_that_is_in_use_is_told_before_anything_is_sent() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = format!("callback.port={}", taken.local_addr().unwrap().port());
    let server = Server::start("");
    let ended = run(&own("callbacks-port", &server), &["--set", &port]);
    assert_eq!(ended.code, 2, "{ended}");
    insta::assert_snapshot!(ended.stderr, @r"
    error[callback-port]: no call-backs can be taken at 127.0.0.1:[port]: address already in use
     = help: take another port in the target file, or any that is free: --set callback.port=0
    ");
}
