//! A mock that is strict: who asks for what is not there, and never was, is found; who asks for what was forgotten is not.

use rstest::rstest;
use serde_json::Value;

use super::program::{OWNER, Standalone};

const STATUS: &str = "POST /v1/orchestra/task/status";

fn start(mock: &Standalone, trigger: &str) -> u16 {
    let headers = format!("{OWNER}Content-Type: application/json\r\n");
    mock.protocol(&format!("POST /acme/prod/orchestrator_/t/{trigger}"), &headers, r#"{"n":1}"#).status
}

/// Starts a polled job and gives the path of its status.
fn started(mock: &Standalone) -> String {
    let headers = format!("{OWNER}Content-Type: application/json\r\n");
    mock.protocol("POST /acme/prod/orchestrator_/t/short", &headers, r#"{"n":1}"#).path()
}

/// Creates a task and gives a call that reads it.
fn created(mock: &Standalone) -> Value {
    let token = &mock.line["elma"]["systems"]["owner"];
    let process = &mock.line["elma"]["processes"]["echo"];
    let task = serde_json::json!({ "auth_tkn": token, "task": { "process": process, "ctx": "{\"n\":1}" } });
    let reply = mock.protocol(
        "POST /v1/orchestra/task/create",
        "Content-Type: application/json\r\n",
        &task.to_string(),
    );
    let body: Value = serde_json::from_str(&reply.body).unwrap();
    serde_json::json!({ "auth_tkn": token, "id": body["task"]["id"] })
}

fn read(mock: &Standalone, call: &Value) {
    mock.protocol(STATUS, "Content-Type: application/json\r\n", &call.to_string());
}

fn look(mock: &Standalone, path: &str) -> u16 {
    mock.protocol(&format!("GET {path}"), OWNER, "").status
}

fn finding(mock: &Standalone) -> Value {
    let verdicts = mock.steer("GET /verdicts", "");
    let rules = verdicts["rules"].as_array().unwrap().iter();
    rules.clone().find(|rule| rule["id"] == "CV-ROUTE-1").unwrap()["findings"].clone()
}

#[test]
fn a_status_that_was_made_up_is_found() {
    let mock = Standalone::start("strict_made_up", &["--strict"]);
    let path = started(&mock);
    let made_up = path.replace("/jobs/", "/jobs/0");
    assert_eq!((look(&mock, &path), look(&mock, &made_up)), (200, 404));
    let found = finding(&mock);
    assert_eq!(found[0]["expected"], "one that the client was told of", "{found:#}");
    assert_eq!(found[0]["actual"], format!("GET {made_up}"));
    assert_eq!(mock.end().0, 1);
}

#[test]
fn a_task_that_was_made_up_is_found() {
    let mock = Standalone::start("strict_task", &["--strict"]);
    let mut call = created(&mock);
    read(&mock, &call);
    assert_eq!(finding(&mock), serde_json::json!([]));
    call["id"] = serde_json::json!(7_000_000);
    read(&mock, &call);
    assert!(finding(&mock)[0]["actual"].as_str().unwrap().contains("7000000"));
    assert_eq!(mock.end().0, 1);
}

#[rstest]
#[case::forgotten("POST /jobs/1/forget")]
#[case::reset("POST /reset")]
fn a_job_that_was_there_is_no_invention(#[case] steering: &str) {
    let mock = Standalone::start("strict_forgotten", &["--strict"]);
    let path = started(&mock);
    let task = created(&mock);
    let second = if steering.ends_with("forget") { "POST /jobs/2/forget" } else { steering };
    mock.steer(steering, "");
    mock.steer(second, "");
    assert_eq!(look(&mock, &path), 404);
    read(&mock, &task);
    assert_eq!(finding(&mock), serde_json::json!([]));
    assert_eq!(mock.end().0, 0);
}

/// A name that is spelt wrong is the client's mistake; that a trigger is disabled is not.
#[rstest]
#[case("disabled", 0)]
#[case("disabeld", 1)]
fn a_disabled_trigger_is_there(#[case] trigger: &str, #[case] expected: i32) {
    let mock = Standalone::start("strict_disabled", &["--strict"]);
    assert_eq!(start(&mock, trigger), 404);
    assert_eq!(mock.end().0, expected);
}

/// Without `--strict` it is only recorded.
#[test]
fn what_was_made_up_is_recorded() {
    let mock = Standalone::start("lenient_made_up", &[]);
    let path = started(&mock);
    look(&mock, &path);
    assert_eq!(look(&mock, &path.replace("/jobs/", "/jobs/0")), 404);
    assert_eq!(finding(&mock).as_array().unwrap().len(), 1);
    assert_eq!(mock.end().0, 0);
}
