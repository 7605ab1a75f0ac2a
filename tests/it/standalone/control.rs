//! The control API: time that is moved, jobs that are ended, a journal that is read, and who may do so.

use std::io::{BufRead as _, BufReader};

use rstest::rstest;
use serde_json::json;

use super::program::{OWNER, Reply, Standalone, begin, call};
use super::{HELD, WAIT};
use crate::validators::validators;

#[test]
fn a_virtual_clock_is_moved_and_answers_whom_that_wakes() {
    let mock = Standalone::start("control_virtual", &["--clock", "virtual"]);
    let slow = "POST /acme/prod/orchestrator_/t/slow";
    let waiting = [(); 3].map(|()| begin(&mock.origin(), slow, OWNER, WAIT));
    mock.steer("POST /wait", r#"{"parked":3}"#);
    let moved = mock.steer("POST /clock/advance", r#"{"by":"24s"}"#);
    assert_eq!(moved, json!({ "now_ms": 24_000, "fired_ms": [] }));
    let moved = mock.steer("POST /clock/advance", r#"{"until":"next"}"#);
    assert_eq!(moved, json!({ "now_ms": 25_000, "fired_ms": [25_000, 25_000, 25_000] }));
    assert_eq!(mock.steer("GET /count", "")["parked"], 0);
    for reply in waiting.map(Reply::read) {
        assert_eq!(reply.status, 303);
    }
    let moved = mock.steer("POST /clock/advance", r#"{"job":1}"#);
    assert_eq!(moved["now_ms"], 110_000);
    assert_eq!(mock.steer("GET /jobs/3", "")["state"], "done");
}

#[test]
fn a_job_is_ended_from_outside_and_its_caller_is_told() {
    let mock = Standalone::start("control_jobs", &[]);
    let waiting = begin(&mock.origin(), HELD, OWNER, WAIT);
    mock.steer("POST /wait", r#"{"parked":1}"#);
    let stale = call(&mock.control(), "POST /jobs/1/complete", "If-Match: \"9\"\r\n", "");
    assert_eq!(
        (stale.status, stale.body.as_str()),
        (412, r#"{"error":"the job has moved meanwhile: its version is 0"}"#)
    );
    let ended = mock.steer("POST /jobs/1/complete", r#"{"output":{"by":"hand"}}"#);
    assert_eq!((&ended["state"], &ended["version"]), (&json!("done"), &json!(2)));
    let reply = Reply::read(waiting);
    assert_eq!((reply.status, reply.body.as_str()), (200, r#"{"by":"hand"}"#));
    mock.steer("POST /jobs/1/forget", "");
    assert_eq!(call(&mock.control(), "GET /jobs/1", "", "").status, 404);
}

#[test]
fn defects_are_armed_while_it_runs() {
    let mock = Standalone::start("control_defects", &[]);
    let invoke = || mock.protocol("POST /acme/prod/orchestrator_/t/short", OWNER, "{}").status;
    assert_eq!(invoke(), 202);
    mock.steer("PUT /defects", r#"{"defects":["UIP-ASYNC-02/201"]}"#);
    assert_eq!(invoke(), 201);
    mock.steer("PUT /defects", r#"{"defects":[]}"#);
    assert_eq!(invoke(), 202);
    let journal = mock.steer("GET /journal", "");
    let decided = |entry: &&serde_json::Value| entry["event"] == "decided";
    let defects: Vec<_> = journal["entries"]
        .as_array()
        .unwrap()
        .iter()
        .filter(decided)
        .map(|entry| &entry["defects"])
        .collect();
    assert_eq!(defects, [&json!([]), &json!(["UIP-ASYNC-02/201"]), &json!([])]);
}

#[test]
fn events_come_as_they_happen() {
    let mock = Standalone::start("control_events", &[]);
    let stream = begin(&mock.control(), "GET /events?since=0", "", "");
    mock.protocol("GET /nowhere", OWNER, "");
    let lines = BufReader::new(stream).lines().map_while(Result::ok);
    let events: Vec<serde_json::Value> =
        lines.filter_map(|line| serde_json::from_str(line.strip_prefix("data: ")?).ok()).take(3).collect();
    let words: Vec<_> = events.iter().map(|event| event["event"].as_str().unwrap()).collect();
    assert_eq!(words, ["opened", "decided", "closed"]);
    assert_eq!((&events[1]["status"], &events[1]["operation"]), (&json!(404), &json!(null)));
}

#[rstest]
#[case("GET /jobs", "Host: mock.example\r\n", 403)]
#[case("GET /jobs", "Origin: http://evil.example\r\n", 403)]
#[case("GET /jobs/x", "", 404)]
#[case("DELETE /jobs", "", 405)]
#[case("GET /s/nobody/jobs", "", 404)]
#[case("DELETE /sessions/default", "", 404)]
#[case("POST /clock/advance", "", 400)]
#[case("GET /journal?since=x", "", 400)]
fn what_may_not_be_done_is_refused_with_a_reason(
    #[case] line: &str,
    #[case] headers: &str,
    #[case] status: u16,
) {
    let mock = Standalone::start("control_refused", &[]);
    let authority = mock.control();
    let headers = headers.to_owned();
    let mut stream = super::program::connect(&authority);
    let host = if headers.starts_with("Host") { String::new() } else { format!("Host: {authority}\r\n") };
    let request = format!("{line} HTTP/1.1\r\n{host}Connection: close\r\n{headers}\r\n");
    std::io::Write::write_all(&mut stream, request.as_bytes()).unwrap();
    let reply = Reply::read(stream);
    assert_eq!(reply.status, status, "{reply:?}");
    assert!(reply.body.starts_with(r#"{"error":""#), "{reply:?}");
}

#[test]
fn a_token_keeps_others_out() {
    let mock = Standalone::start("control_token", &["--control-token", "let-me-in-please"]);
    let ask = |headers: &str| call(&mock.control(), "GET /count", headers, "").status;
    assert_eq!(ask(""), 401);
    assert_eq!(ask("Authorization: Bearer let-me-in\r\n"), 401);
    assert_eq!(ask("Authorization: Bearer let-me-in-please\r\n"), 200);
}

#[test]
fn the_description_is_open_api_and_names_every_call() {
    let Some(validators) = validators() else { return };
    let mock = Standalone::start("control_description", &[]);
    let description = mock.steer("GET /openapi.json", "");
    let path = mock.folder.path("openapi.json");
    std::fs::write(&path, description.to_string()).unwrap();
    validators.python("openapi-spec-validator", &[path.to_str().unwrap()]);
}
