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
    assert_eq!(moved["fired_ms"], json!([]));
    let starts: Vec<_> =
        moved["moves"].as_array().unwrap().iter().map(|moved| (&moved["job"], &moved["to"])).collect();
    assert_eq!((&moved["now_ms"], starts), (&json!(24_000), vec![]));
    let moved = mock.steer("POST /clock/advance", r#"{"until":"next"}"#);
    assert_eq!(moved, json!({ "now_ms": 25_000, "fired_ms": [25_000, 25_000, 25_000], "moves": [] }));
    assert_eq!(mock.steer("GET /count", "")["parked"], 0);
    for reply in waiting.map(Reply::read) {
        assert_eq!(reply.status, 303);
    }
    let moved = mock.steer("POST /clock/advance", r#"{"job":1}"#);
    assert_eq!(moved["now_ms"], 110_000);
    assert_eq!(
        moved["moves"][0],
        json!({ "job": 1, "version": 2, "to": "done", "cause": "time", "at_ms": 110_000 })
    );
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
    let late = call(&mock.control(), "POST /jobs/1/fail", "", "");
    assert_eq!((late.status, late.body.as_str()), (409, r#"{"error":"the job has ended, and stays done"}"#));
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

#[test]
fn a_harness_moves_a_clock_that_stands_still() {
    let mock = Standalone::start("control_hook_advance", &["--clock", "virtual"]);
    let started = mock.protocol("POST /acme/prod/orchestrator_/t/slow", OWNER, "{}");
    let hook = |message: serde_json::Value| mock.steer("POST /hooks", &message.to_string());
    assert!(hook(json!({ "op": "hello" }))["ops"].as_array().unwrap().contains(&json!("advance")));
    let moved = hook(json!({ "id": 4, "op": "advance", "by": "10s" }));
    assert_eq!(moved, json!({ "id": 4, "ok": true, "now_ms": 10_000 }));
    let moved = hook(json!({ "op": "advance", "handle": started.path() }));
    assert_eq!(moved, json!({ "ok": true, "now_ms": 110_000 }));
    assert_eq!(hook(json!({ "op": "inspect", "handle": started.path() }))["state"], "done");
    let wrong = hook(json!({ "op": "advance", "by": "10" }));
    assert_eq!(wrong["error"], "`by` must be a duration such as \"15m\", not \"10\"");
    let real = Standalone::start("control_hook_real", &[]);
    let refused = real.steer("POST /hooks", r#"{"op":"advance","by":"10s"}"#);
    assert_eq!(refused, json!({ "ok": false, "unsupported": true }));
}

#[test]
fn counters_and_gauges_are_those_of_prometheus() {
    let mock = Standalone::start("control_metrics", &[]);
    mock.steer("POST /sessions", r#"{"name":"a.b-c"}"#);
    let waiting = begin(&mock.origin(), HELD, OWNER, WAIT);
    mock.steer("POST /wait", r#"{"parked":1}"#);
    mock.protocol("GET /nowhere", OWNER, "");
    let reply = call(&mock.control(), "GET /metrics", "", "");
    for line in [
        r#"orchspec_mock_requests_total{session="default",operation="none",status="404"} 1"#,
        r#"orchspec_mock_parked_calls{session="default"} 1"#,
        r#"orchspec_mock_jobs{session="default",state="queued"} 1"#,
        r#"orchspec_mock_jobs{session="a.b-c",state="running"} 0"#,
    ] {
        assert!(reply.body.lines().any(|own| own == line), "{line}\n{}", reply.body);
    }
    drop(waiting);
    let Some(validators) = validators() else { return };
    let path = mock.folder.path("metrics.txt");
    std::fs::write(&path, &reply.body).unwrap();
    let read = "import sys; from prometheus_client.parser import text_string_to_metric_families as read; \
                print(len(list(read(open(sys.argv[1]).read()))))";
    let families = validators.python("python", &["-c", read, path.to_str().unwrap()]);
    assert_eq!(families.trim(), reply.body.matches("# TYPE ").count().to_string());
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
#[case("POST /jobs/1/hold", "If-Match: soon\r\n", 400)]
#[case("POST /wait", "", 400)]
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

/// Where only one port can be opened, the control API is served below a path of the protocols.
#[test]
fn one_port_is_enough() {
    let mock = Standalone::start("control_prefix", &["--control", "/__mock"]);
    assert_eq!(mock.line["control"], format!("http://{}/__mock", mock.origin()));
    let ask = |line: &str, body: &str| mock.protocol(line, OWNER, body);
    let created: serde_json::Value =
        serde_json::from_str(&ask("POST /__mock/sessions", r#"{"name":"a"}"#).body).unwrap();
    assert_eq!(created["hooks"], format!("http://{}/__mock/s/a/hooks", mock.origin()));
    assert_eq!(ask("POST /s/a/acme/prod/orchestrator_/t/short", "{}").status, 202);
    let jobs: serde_json::Value = serde_json::from_str(&ask("GET /__mock/s/a/jobs", "").body).unwrap();
    assert_eq!(jobs["jobs"][0]["fixture"], "short");
    assert!(ask("GET /__mock", "").body.starts_with("<!doctype html>"));
    assert_eq!(ask("GET /__mocked", "").status, 404);
    let count: serde_json::Value = serde_json::from_str(&ask("GET /__mock/count", "").body).unwrap();
    assert_eq!(count["exchanges"], 1, "what steers is no request to the protocols");
    let open = mock.folder.call(&["mock", "--listen", "0.0.0.0:0", "--control", "/__mock"]);
    assert!(open.code == 2 && open.stderr.contains("give it a token"), "{open}");
    let odd = mock.folder.call(&["mock", "--control", "/mock"]);
    assert!(odd.code == 2 && odd.stderr.contains("write `/__mock`, an address"), "{odd}");
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

#[test]
fn the_next_jobs_do_as_they_are_told() {
    let mock = Standalone::start("control_next", &[]);
    let invoke = |body: &str| mock.protocol("POST /acme/prod/orchestrator_/t/short", OWNER, body).path();
    let poll = |path: &str| mock.protocol(&format!("GET {path}"), OWNER, "");
    let looked =
        r#"{"fixture":"short","arguments":{"n":1},"times":2,"runs":{"polls":1},"output":{"rows":[]}}"#;
    assert_eq!(mock.steer("POST /jobs/next", looked)["id"], 1);
    mock.steer("POST /jobs/next", r#"{"runs":"0s","fault":"no such customer"}"#);
    let (first, second) = (invoke(r#"{"n":1,"m":2}"#), invoke(r#"{"n":2}"#));
    assert_eq!([&first, &first, &second].map(|path| poll(path).status), [200, 303, 303]);
    assert_eq!(poll(&poll(&first).path()).body, r#"{"rows":[]}"#);
    assert!(poll(&poll(&second).path()).body.contains("no such customer"));
    let scripts = mock.steer("GET /jobs/next", "");
    let used: Vec<_> = scripts["scripts"].as_array().unwrap().iter().map(|script| &script["used"]).collect();
    assert_eq!(used, [1, 1]);
    assert_eq!(poll(&invoke("{}")).status, 200, "the script was for one job alone");
    assert_eq!(mock.steer("DELETE /jobs/next", ""), json!({ "scripts": [] }));
}

#[test]
fn the_next_task_leaves_other_files() {
    let mock = Standalone::start("control_next_files", &[]);
    mock.steer("POST /jobs/next", r#"{"fixture":"files","runs":"0s","files":{"a.txt":{"text":"other"}}}"#);
    let system = r#""auth_tkn":"5d5ec66f-357d-4c2d-bbc1-2012278d2361""#;
    let create = format!(r#"{{{system},"task":{{"process":"c39f99de-cb8f-4661-a206-000000000006"}}}}"#);
    let created = mock.protocol("POST /v1/orchestra/task/create", "", &create).body;
    let id = serde_json::from_str::<serde_json::Value>(&created).unwrap()["task"]["id"].clone();
    let download = |name: &str| {
        let body = format!(r#"{{{system},"taskid":{id},"filename":"{name}"}}"#);
        mock.protocol("POST /v1/repository/task/download", "", &body).body
    };
    assert_eq!(download("a.txt"), "other");
    assert!(download("12.txt").contains("404"));
}

#[rstest]
#[case(r#"{"fixture":"shrot"}"#, "no process or trigger is called `shrot`; did you mean `short`?")]
#[case(r#"{"runs":"soon"}"#, "expected a duration such as `100ms` or `1m30s`, found \"soon\"")]
#[case(
    r#"{"output":1,"fault":"a"}"#,
    "a job ends with an output or with a fault, not with both (remove one of them)"
)]
#[case(r#"{"files":{"../a":{"text":"b"}}}"#, "\"../a\" is no name of a file (write a name without a path)")]
#[case(
    r#"{"runs":{"pols":1}}"#,
    "`runs` must be a duration such as \"15m\", or \"manual\", or a number of looks, not {\"pols\":1}"
)]
fn a_script_that_is_wrong_is_refused_with_the_way_out(#[case] body: &str, #[case] expected: &str) {
    let mock = Standalone::start("control_next_wrong", &[]);
    let reply = call(&mock.control(), "POST /jobs/next", "", body);
    let told = serde_json::from_str::<serde_json::Value>(&reply.body).unwrap();
    assert_eq!(reply.status, 400);
    assert!(told["error"].as_str().unwrap().starts_with(expected), "{told}");
}

#[test]
fn a_reset_begins_anew_and_keeps_the_settings() {
    let mock = Standalone::start("control_reset", &["--seed", "9"]);
    let waiting = begin(&mock.origin(), HELD, OWNER, WAIT);
    mock.steer("POST /wait", r#"{"parked":1,"job":1}"#);
    mock.steer("POST /reset", "");
    assert_eq!(Reply::read(waiting).status, 404);
    let count = mock.steer("GET /count", "");
    assert_eq!((&count["jobs"], &count["parked"], &count["exchanges"]), (&json!(0), &json!(0), &json!(0)));
    let entries = mock.steer("GET /journal", "")["entries"].clone();
    assert_eq!(entries[0]["what"], "reset", "{entries}");
    assert_eq!(mock.protocol("POST /acme/prod/orchestrator_/t/short", OWNER, "{}").status, 202);
}

#[test]
fn a_session_has_a_configuration_of_its_own() {
    let mock = Standalone::start("control_session_own", &[]);
    let body = r#"{"name":"own","clock":"auto","configuration":{"mock":1,"built_in":"none","hold":"10s","uipath":{"triggers":{"report":{"runs":"1m","output":{"n":1}}}}}}"#;
    let created = mock.steer("POST /sessions", body);
    assert_eq!(created["hooks"], format!("http://{}/s/own/hooks", mock.control()));
    let trigger = created["uipath"].as_str().unwrap().replace(&format!("http://{}", mock.origin()), "");
    let started = mock.protocol(&format!("POST {trigger}/t/report"), OWNER, r#"{"$callMode":"LongPolling"}"#);
    assert_eq!(started.status, 303);
    let wrong = call(
        &mock.control(),
        "POST /sessions",
        "",
        r#"{"name":"b","configuration":{"mock":1,"hold":"long"}}"#,
    );
    assert_eq!(wrong.status, 400);
    assert!(wrong.body.contains("`configuration`: expected a duration"), "{}", wrong.body);
}
