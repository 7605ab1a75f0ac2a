//! The mock judges whoever calls it: many clients and jobs in one session, each by itself, up to the exit code.

use std::process::{Command, Output};
use std::thread;

use rstest::rstest;
use serde_json::{Value, json};

use super::program::{OWNER, Standalone};
use crate::client::root;
use crate::orchspec::Orchspec;

/// What a client is to do.
#[derive(Debug, Clone, Copy)]
pub(super) struct Task {
    fixture: &'static str,
    /// The method and the mode of a trigger; the action of a process.
    how: How,
}

#[derive(Debug, Clone, Copy)]
enum How {
    Trigger(&'static str, &'static str),
    Process(&'static str),
}

pub(super) const POLLED: Task = Task { fixture: "short", how: How::Trigger("POST", "AsyncRequestReply") };
pub(super) const WAITED: Task = Task { fixture: "cap-below", how: How::Trigger("POST", "LongPolling") };
const FORGOTTEN: Task = Task { fixture: "echo-fnf", how: How::Trigger("POST", "FireAndForget") };
const BY_GET: Task = Task { fixture: "echo-get", how: How::Trigger("GET", "AsyncRequestReply") };
const RUN: Task = Task { fixture: "echo", how: How::Process("run") };
const FETCHED: Task = Task { fixture: "files", how: How::Process("download") };

/// Runs a client in Python for this task; `mark` tells its jobs from those of others.
pub(super) fn client(mock: &Standalone, program: &[&str], task: Task, mark: &str) -> Output {
    let line = &mock.line;
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let (url, token, action) = match task.how {
        How::Trigger(..) => (
            format!("{}/t/{}", text(&line["uipath"]["url"]), task.fixture),
            &line["uipath"]["token"],
            "invoke",
        ),
        How::Process(action) => (text(&line["elma"]["url"]), &line["elma"]["systems"]["owner"], action),
    };
    let mut command = Command::new("python3");
    command.args(program).env("ORCHSPEC_ACTION", action).env("ORCHSPEC_URL", url);
    command.env("ORCHSPEC_TOKEN", text(token)).env("ORCHSPEC_ARGUMENTS", json!({ "mark": mark }).to_string());
    command.env("ORCHSPEC_INTERVAL", "0.02").env("ORCHSPEC_ATTEMPTS", "40").env("ORCHSPEC_FILE", "12.txt");
    match task.how {
        How::Trigger(method, mode) => command.env("ORCHSPEC_METHOD", method).env("ORCHSPEC_MODE", mode),
        How::Process(_) => command.env("ORCHSPEC_PROCESS", text(&line["elma"]["processes"][task.fixture])),
    };
    command.output().unwrap()
}

pub(super) fn right() -> String {
    root("clients/client.py")
}

/// The rules that were broken, and how often each of the others was exercised.
fn verdicts(mock: &Standalone) -> (Vec<String>, Value) {
    let verdicts = mock.steer("GET /verdicts", "");
    let rules = verdicts["rules"].as_array().unwrap().iter();
    let broken = rules.filter(|rule| ["fail", "warn"].contains(&rule["verdict"].as_str().unwrap()));
    (broken.map(|rule| rule["id"].as_str().unwrap().to_owned()).collect(), verdicts)
}

fn verdict<'a>(verdicts: &'a Value, id: &str) -> &'a Value {
    verdicts["rules"].as_array().unwrap().iter().find(|rule| rule["id"] == id).unwrap()
}

#[test]
fn right_clients_side_by_side_break_no_rule() {
    let mock = Standalone::start("verdicts_right", &["--clock", "auto"]);
    thread::scope(|scope| {
        for task in [POLLED, WAITED, FORGOTTEN, BY_GET, RUN, FETCHED] {
            // Two of them have the same arguments.
            for mark in ["a", "a", "b"] {
                let mock = &mock;
                scope.spawn(move || {
                    let ended = client(mock, &[&right()], task, mark);
                    assert!(ended.status.success(), "{task:?}: {ended:?}");
                });
            }
        }
    });
    let (broken, all) = verdicts(&mock);
    assert_eq!(
        (broken, &all["verdict"], &all["unjudged"]),
        (Vec::new(), &json!("pass"), &json!(0)),
        "{all:#}"
    );
    assert_eq!(verdict(&all, "CV-FNF-1")["exercised"], 3);
    assert_eq!(verdict(&all, "CV-REDIR-3")["exercised"], 3);
    assert_eq!(verdict(&all, "CV-OUT-3")["verdict"], "inconclusive", "nobody saw what the clients wrote");
}

#[rstest]
#[case("polls-without-bearer", "CV-AUTH-1", POLLED)]
#[case("fetches-the-output-without-bearer", "CV-AUTH-1", POLLED)]
#[case("drops-the-bearer-on-the-second-hop", "CV-AUTH-2", WAITED)]
#[case("builds-the-status-url", "CV-LOC-1", POLLED)]
#[case("asks-the-old-location-again", "CV-LOC-2", WAITED)]
#[case("drops-the-query-of-a-redirect", "CV-LOC-2", WAITED)]
#[case("polls-on-after-the-end", "CV-POLL-3", POLLED)]
#[case("polls-with-post", "CV-POLL-4", POLLED)]
#[case("follows-with-post", "CV-REDIR-1", WAITED)]
#[case("keeps-body-and-content-type", "CV-REDIR-1", WAITED)]
#[case("polls-until-302", "CV-REDIR-4", POLLED)]
#[case("looks-after-fire-and-forget", "CV-FNF-1", FORGOTTEN)]
#[case("puts-the-arguments-of-a-get-into-its-body", "CV-ARGS-1", BY_GET)]
#[case("sends-the-context-as-an-object", "CV-ELMA-1", RUN)]
#[case("sends-the-id-as-a-text", "CV-ELMA-1", RUN)]
#[case("downloads-by-id", "CV-ELMA-1", FETCHED)]
#[case("puts-the-token-into-the-url", "CV-SECRET-1", POLLED)]
fn a_mutant_breaks_its_rule_also_among_others(#[case] mutant: &str, #[case] rule: &str, #[case] task: Task) {
    let mock = Standalone::start(&format!("verdicts_{mutant}"), &["--clock", "auto"]);
    let mutants = root("tests/fixtures/clients/mutants.py");
    thread::scope(|scope| {
        scope.spawn(|| client(&mock, &[&right()], task, "right"));
        for mark in ["one", "two"] {
            client(&mock, &[&mutants, mutant], task, mark);
        }
    });
    let (broken, all) = verdicts(&mock);
    assert_eq!(broken, [rule], "{:#}", verdict(&all, rule));
    let own = verdict(&all, rule);
    assert!(own["findings"].as_array().unwrap().len() >= 2, "both runs are found: {own:#}");
}

/// A person who tries the mock out by hand leaves many things undone; none of that is a client's violation.
#[test]
fn playing_by_hand_breaks_no_rule() {
    let mock = Standalone::start("verdicts_played", &["--clock", "auto"]);
    let json = format!("{OWNER}Content-Type: application/json\r\n");
    for trigger in ["short", "short", "cap-below", "echo-fnf", "echo-post"] {
        mock.protocol(&format!("POST /acme/prod/orchestrator_/t/{trigger}"), &json, "{}");
    }
    let unknown = "Content-Type: application/json\r\n";
    mock.protocol("POST /acme/prod/orchestrator_/t/short", unknown, "{}");
    let wrong = format!("{unknown}Authorization: Bearer wrong\r\n");
    mock.protocol("POST /acme/prod/orchestrator_/t/short", &wrong, "{}");
    mock.protocol("GET /favicon.ico", "", "");
    let started = mock.protocol("POST /acme/prod/orchestrator_/t/slow", &json, r#"{"n":1}"#);
    for _ in 0..3 {
        mock.protocol(&format!("GET {}", started.path()), OWNER, "");
    }
    mock.protocol("POST /v1/orchestra/task/status", unknown, r#"{"id":955}"#);
    let (broken, all) = verdicts(&mock);
    assert_eq!((broken, &all["verdict"]), (Vec::new(), &json!("pass")), "{all:#}");
    assert_eq!(verdict(&all, "CV-ROUTE-1")["verdict"], "info");
}

#[rstest]
#[case::nothing(&[], &[], 3)]
#[case::right(&[], &["POST"], 0)]
#[case::guess(&[], &["POST", "GET"], 0)]
#[case::guess_of_a_strict_one(&["--strict"], &["POST", "GET"], 1)]
#[case::only_a_guess(&[], &["GET"], 3)]
#[case::only_a_guess_of_a_strict_one(&["--strict"], &["GET"], 1)]
fn the_exit_code_is_the_verdict(#[case] options: &[&str], #[case] methods: &[&str], #[case] expected: i32) {
    let mock = Standalone::start("verdicts_exit", options);
    for method in methods {
        let path = if *method == "GET" { "nowhere" } else { "acme/prod/orchestrator_/t/echo-fnf" };
        let body = if *method == "GET" { "" } else { "{}" };
        let caller = format!("{OWNER}Content-Type: application/json\r\n");
        mock.protocol(&format!("{method} /{path}"), if *method == "GET" { "" } else { &caller }, body);
    }
    assert_eq!(mock.end().0, expected);
}

/// A session that is not there sees nothing, so another one has to.
#[test]
fn a_call_to_a_session_that_is_not_there_is_seen() {
    let mock = Standalone::start("verdicts_no_session", &["--strict"]);
    let answer = mock.protocol("POST /s/nope/acme/prod/orchestrator_/t/echo-fnf", OWNER, "{}");
    assert_eq!(answer.status, 404, "{answer:?}");
    assert!(answer.body.contains("nothing is served at /s/nope/acme"), "{answer:?}");
    assert_eq!(mock.end().0, 1);
}

/// A trigger by a wrong name shows nothing of a client but that he guards his credential.
#[test]
fn a_misspelt_trigger_is_no_proof() {
    let mock = Standalone::start("verdicts_misspelt", &[]);
    assert_eq!(mock.protocol("POST /acme/prod/orchestrator_/t/ecko", OWNER, "{}").status, 404);
    assert_eq!(mock.steer("GET /verdicts", "")["verdict"], "inconclusive");
    assert_eq!(mock.end().0, 3);
}

#[test]
fn what_was_done_in_a_session_counts_when_it_is_gone() {
    let mock = Standalone::start("verdicts_deleted", &[]);
    let wrong = format!("{OWNER}Content-Type: text/plain\r\n");
    for name in ["a", "b"] {
        mock.steer("POST /sessions", &json!({ "name": name }).to_string());
    }
    mock.protocol("POST /s/a/acme/prod/orchestrator_/t/echo-fnf", &wrong, "n=1");
    mock.steer("DELETE /sessions/a", "");
    mock.steer("DELETE /sessions/b", "");
    assert_eq!(mock.steer("GET /verdicts", "")["exchanges"], 0);
    assert_eq!(mock.end().0, 1);
}

#[test]
fn what_was_done_before_a_reset_counts_in_the_end() {
    let mock = Standalone::start("verdicts_reset", &[]);
    let wrong = format!("{OWNER}Content-Type: text/plain\r\n");
    mock.protocol("POST /acme/prod/orchestrator_/t/echo-fnf", &wrong, "n=1");
    assert_eq!(mock.steer("GET /verdicts", "")["verdict"], "fail");
    mock.steer("POST /reset", "");
    assert_eq!(mock.steer("GET /verdicts", "")["verdict"], "inconclusive");
    assert_eq!(mock.end().0, 1);
}

#[test]
fn a_journal_that_is_too_short_leaves_the_verdicts_in_doubt() {
    let mock = Standalone::start("verdicts_overflow", &["--clock", "auto", "--journal-size", "20"]);
    for task in [WAITED, FORGOTTEN] {
        client(&mock, &[&right()], task, "a");
    }
    let (broken, all) = verdicts(&mock);
    assert_eq!((broken, &all["verdict"]), (Vec::new(), &json!("inconclusive")), "{all:#}");
    assert!(all["because"][0].as_str().unwrap().starts_with("the journal was too short"), "{all:#}");
    assert_eq!(mock.end().0, 3);
}

#[test]
fn reports_say_what_the_table_says() {
    let reports =
        ["--report", "json=report.json", "--report", "junit=report.xml", "--report", "jsonl=report.jsonl"];
    let mock = Standalone::start("verdicts_reports", &reports);
    let wrong = format!("{OWNER}Content-Type: text/plain\r\n");
    mock.protocol("POST /acme/prod/orchestrator_/t/echo-fnf", &wrong, "n=1");
    mock.steer("POST /sessions", r#"{"name":"other"}"#);
    let (code, folder) = mock.end();
    assert_eq!(code, 1);
    let report: Value = serde_json::from_str(&folder.read("report.json")).unwrap();
    let row = report["requirements"].as_array().unwrap().iter().find(|row| row["id"] == "CV-ARGS-1").unwrap();
    assert_eq!(row["verdict"], "fail", "{row}");
    assert!(folder.read("report.xml").contains("CV-ARGS-1"));
    let verified = folder.call(&["report", "verify", "report.json", "report.jsonl"]);
    assert_eq!(verified.code, 0, "{verified}");
}

#[test]
fn what_the_control_api_gives_fits_its_schema() {
    let mock = Standalone::start("verdicts_schema", &[]);
    mock.protocol("GET /nowhere", OWNER, "");
    let schema = Orchspec::new("verdicts_schema_of").call(&["schema", "verdicts"]).stdout;
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    for call in ["GET /verdicts", "POST /verdicts/close"] {
        let verdicts = mock.steer(call, "");
        assert!(validator.is_valid(&verdicts), "{:?}", validator.iter_errors(&verdicts).collect::<Vec<_>>());
    }
}
