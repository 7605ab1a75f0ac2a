//! The task queue over the wire, in virtual time.

use std::time::Duration;

use rstest::rstest;
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::mock::Configuration;
use crate::mock::caller::{Caller, STRANGER, SYSTEM};

fn caller() -> Caller {
    Caller::new(Configuration::embedded())
}

fn output(record: &Value) -> Value {
    serde_json::from_str(record["task"]["outputCtx"].as_str().unwrap()).unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_task_goes_from_create_to_done() {
    let caller = caller();
    let created = caller.create(1, &json!({ "text_in": "a", "number_in": 7, "other": true })).await;
    assert_eq!((created.status, created.at("/status")), (200, json!(201)));
    assert_eq!(created.at("/task/status"), "PREPARE");
    assert_eq!(created.at("/task/metrics"), json!({}));
    sleep(Duration::from_millis(50)).await;
    let id = created.at("/task/id");
    assert_eq!(caller.status(&id).await.at("/task/status"), "EXECUTING");
    sleep(Duration::from_millis(50)).await;
    let done = caller.status(&id).await.json();
    assert_eq!((&done["status"], &done["task"]["status"]), (&json!(200), &json!("DONE")));
    assert_eq!(output(&done), json!({ "text_out": "a", "number_out": 7, "other": true }));
}

#[tokio::test(start_paused = true)]
async fn times_are_the_same_instants_in_both_forms() {
    let caller = caller();
    let created = caller.create(2, &json!({})).await;
    assert_eq!(created.at("/task/created"), "2020-06-29T10:29:52+04:00");
    sleep(Duration::from_secs(6)).await;
    let done = caller.status(&created.at("/task/id")).await;
    assert_eq!(done.at("/task/created"), "2020-06-29T06:29:52Z");
    assert_eq!(
        done.at("/task/metrics"),
        json!({ "startTime": "2020-06-29T06:29:52Z", "endTime": "2020-06-29T06:29:57Z" })
    );
    assert_eq!(done.at("/task/updated"), "2020-06-29T06:29:57Z");
}

#[tokio::test(start_paused = true)]
async fn a_broken_process_ends_in_error_with_its_log() {
    let caller = caller();
    let id = caller.create(3, &json!({})).await.at("/task/id");
    sleep(Duration::from_secs(2)).await;
    let failed = caller.status(&id).await;
    assert_eq!(failed.at("/task/status"), "ERROR");
    assert!(failed.at("/task/log").as_str().unwrap().contains("boom"));
    assert_eq!(failed.at("/task/outputCtx"), Value::Null);
}

#[tokio::test(start_paused = true)]
async fn a_queued_task_prepares_waits_runs_and_ends() {
    let caller = caller();
    let id = caller.create(4, &json!({})).await.at("/task/id");
    let mut states = Vec::new();
    for _ in 0..56 {
        states.push(caller.status(&id).await.at("/task/status"));
        sleep(Duration::from_millis(100)).await;
    }
    states.dedup();
    assert_eq!(states, ["PREPARE", "QUEUE", "EXECUTING", "DONE"]);
}

#[tokio::test(start_paused = true)]
async fn the_creator_cancels_a_queued_task_and_it_never_runs() {
    let caller = caller();
    let created = caller.create(4, &json!({})).await;
    let id = created.at("/task/id");
    let cancelled = caller.elma("cancel", &json!({ "auth_tkn": SYSTEM, "id": id })).await;
    assert_eq!(cancelled.json(), created.json());
    sleep(Duration::from_secs(20)).await;
    assert_eq!(caller.status(&id).await.json(), created.json());
}

#[tokio::test(start_paused = true)]
async fn a_stranger_cancels_nothing() {
    let caller = caller();
    let id = caller.create(4, &json!({})).await.at("/task/id");
    let refused = caller.elma("cancel", &json!({ "auth_tkn": STRANGER, "id": id })).await;
    assert_eq!(refused.at("/status"), 403);
    sleep(Duration::from_secs(20)).await;
    assert_eq!(caller.status(&id).await.at("/task/status"), "DONE");
}

#[tokio::test(start_paused = true)]
async fn cancelling_a_finished_task_changes_nothing() {
    let caller = caller();
    let id = caller.create(1, &json!({})).await.at("/task/id");
    sleep(Duration::from_secs(1)).await;
    let before = caller.status(&id).await.json();
    let answer = caller.elma("cancel", &json!({ "auth_tkn": SYSTEM, "id": id })).await.json();
    assert_eq!(answer, before);
    assert_eq!(caller.status(&id).await.json(), before);
}

#[tokio::test(start_paused = true)]
async fn a_running_task_is_not_cancelled() {
    let caller = caller();
    let id = caller.create(2, &json!({})).await.at("/task/id");
    let answer = caller.elma("cancel", &json!({ "auth_tkn": SYSTEM, "id": id })).await;
    assert_eq!(answer.at("/status"), 400);
    sleep(Duration::from_secs(6)).await;
    assert_eq!(caller.status(&id).await.at("/task/status"), "DONE");
}

#[rstest]
#[case("12.txt", b"twelve\r\nlines\n".to_vec())]
#[case("empty.bin", Vec::new())]
#[case("data.bin", (0..4).flat_map(|_| 0..=255).collect())]
#[tokio::test(start_paused = true)]
async fn a_file_arrives_as_it_is(#[case] name: &str, #[case] bytes: Vec<u8>) {
    let caller = caller();
    let id = caller.create(6, &json!({})).await.at("/task/id");
    let request = json!({ "auth_tkn": SYSTEM, "taskid": id, "filename": name });
    assert_eq!(caller.elma("download", &request).await.at("/status"), 400);
    sleep(Duration::from_secs(2)).await;
    let answer = caller.elma("download", &request).await;
    assert_eq!((answer.status, answer.body), (200, bytes));
}

#[rstest]
#[case("13.txt")]
#[case("secret.txt")]
#[case("../secret.txt")]
#[case("/etc/passwd")]
#[tokio::test(start_paused = true)]
async fn any_other_file_is_refused(#[case] name: &str) {
    let caller = caller();
    let id = caller.create(6, &json!({})).await.at("/task/id");
    sleep(Duration::from_secs(2)).await;
    let answer =
        caller.elma("download", &json!({ "auth_tkn": SYSTEM, "taskid": id, "filename": name })).await;
    assert_eq!(answer.at("/status"), 404);
}

#[rstest]
#[case(0, json!(2))]
#[case(1, json!(1))]
#[case(2, json!(2))]
#[tokio::test(start_paused = true)]
async fn the_version_decides_what_runs(#[case] version: u8, #[case] expected: Value) {
    let caller = caller();
    let task = json!({ "process": "c39f99de-cb8f-4661-a206-000000000008", "version": version, "ctx": "" });
    let id = caller.elma("create", &json!({ "auth_tkn": SYSTEM, "task": task })).await.at("/task/id");
    sleep(Duration::from_secs(1)).await;
    assert_eq!(output(&caller.status(&id).await.json())["version_out"], expected);
}

#[rstest]
#[case("create", json!({ "auth_tkn": SYSTEM }), 400)]
#[case("create", json!({ "auth_tkn": SYSTEM, "task": { "process": "none", "version": 0, "ctx": "" } }), 404)]
#[case("create", json!({ "auth_tkn": SYSTEM, "task": { "process": "c39f99de-cb8f-4661-a206-000000000001", "version": 3, "ctx": "" } }), 404)]
#[case("create", json!({ "auth_tkn": SYSTEM, "task": { "process": "c39f99de-cb8f-4661-a206-000000000001", "ctx": "not json" } }), 400)]
#[case("status", json!({ "auth_tkn": SYSTEM, "id": 4 }), 404)]
#[case("status", json!({ "id": 955 }), 401)]
#[case("status", json!({ "auth_tkn": "c054ab8e-cd33-429e-b4f3-7f61abcfd381", "id": 955 }), 401)]
#[case("status", json!({ "auth_tkn": "5d5ec66f-357d-4c2d-bbc1-2012278d2363", "id": 955 }), 403)]
#[case("cancel", json!({ "auth_tkn": SYSTEM, "id": 4 }), 404)]
#[case("download", json!({ "auth_tkn": SYSTEM, "id": 955, "filename": "12.txt" }), 400)]
#[case("status", json!([]), 400)]
#[tokio::test(start_paused = true)]
async fn mistakes_are_refused(#[case] operation: &str, #[case] body: Value, #[case] code: u16) {
    let caller = caller();
    caller.create(1, &json!({})).await;
    assert_eq!(caller.elma(operation, &body).await.at("/status"), code);
}

#[rstest]
#[case("GET", "/v1/orchestra/task/status", 405)]
#[case("PUT", "/v1/orchestra/task/create", 405)]
#[case("POST", "/v1/orchestra/task/create/", 404)]
#[case("POST", "/v1/orchestra/task/download", 404)]
#[tokio::test(start_paused = true)]
async fn only_the_four_paths_are_served(#[case] method: &str, #[case] path: &str, #[case] status: u16) {
    let answer = caller().call(method, path, "", &json!({ "auth_tkn": SYSTEM }).to_string()).await;
    assert_eq!(answer.status, status);
}
