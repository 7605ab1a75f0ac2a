//! Hooks over the wire, in virtual time.

use std::time::Duration;

use rstest::rstest;
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::mock::Configuration;
use crate::mock::caller::Caller;

fn caller() -> Caller {
    Caller::new(Configuration::embedded())
}

#[tokio::test(start_paused = true)]
async fn a_held_task_runs_once_it_is_released() {
    let caller = caller();
    let id = caller.create(5, &json!({})).await.at("/task/id");
    sleep(Duration::from_secs(100)).await;
    assert_eq!(caller.status(&id).await.at("/task/status"), "QUEUE");
    let reply = caller.hook(&json!({ "id": 7, "op": "release", "job": "held", "handle": id })).await;
    assert_eq!(reply, json!({ "id": 7, "ok": true }));
    assert_eq!(caller.status(&id).await.at("/task/status"), "EXECUTING");
    sleep(Duration::from_secs(1)).await;
    assert_eq!(caller.status(&id).await.at("/task/status"), "DONE");
}

#[tokio::test(start_paused = true)]
async fn a_release_wakes_the_call_that_waits() {
    let caller = caller();
    let other = caller.clone();
    let waiting =
        tokio::spawn(async move { other.invoke("held", &json!({ "$callMode": "LongPolling" })).await });
    sleep(Duration::from_secs(3)).await;
    caller.hook(&json!({ "op": "release", "job": "held" })).await;
    let answer = waiting.await.unwrap();
    assert_eq!((answer.status, answer.took), (200, Duration::from_secs(4)));
}

#[tokio::test(start_paused = true)]
async fn jobs_are_counted_by_fixture_and_by_mark() {
    let caller = caller();
    for mark in ["a", "a", "b"] {
        caller.invoke("echo-post", &json!({ "mark": mark })).await;
    }
    caller.create(1, &json!({ "mark_in": "a" })).await;
    let count = async |message: Value| caller.hook(&message).await["count"].clone();
    assert_eq!(count(json!({ "op": "count", "job": "echo-post" })).await, 3);
    assert_eq!(count(json!({ "op": "count", "job": "echo-post", "mark": "a" })).await, 2);
    assert_eq!(count(json!({ "op": "count", "job": "echo", "mark": "a" })).await, 1);
    assert_eq!(count(json!({ "op": "count", "job": "echo", "mark": "c" })).await, 0);
}

#[tokio::test(start_paused = true)]
async fn a_held_fixture_holds_later_jobs_until_it_is_released() {
    let caller = caller();
    caller.hook(&json!({ "op": "hold", "job": "brief" })).await;
    let status = caller.invoke("brief", &json!({})).await.location();
    sleep(Duration::from_mins(1)).await;
    let inspect = json!({ "op": "inspect", "handle": status });
    assert_eq!(caller.hook(&inspect).await["state"], "queued");
    caller.hook(&json!({ "op": "release", "job": "brief" })).await;
    sleep(Duration::from_secs(2)).await;
    assert_eq!(caller.hook(&inspect).await["state"], "done");
}

#[tokio::test(start_paused = true)]
async fn a_running_job_can_be_failed_and_everything_forgotten() {
    let caller = caller();
    let status = caller.invoke("slow", &json!({})).await.location();
    caller.hook(&json!({ "op": "fail", "handle": status })).await;
    assert_eq!(caller.hook(&json!({ "op": "inspect", "handle": status })).await["state"], "failed");
    assert_eq!(caller.get(&status).await.status, 303);
    caller.hook(&json!({ "op": "reset" })).await;
    assert_eq!(caller.get(&status).await.status, 404);
}

#[tokio::test(start_paused = true)]
async fn a_reset_answers_the_calls_that_wait() {
    let caller = caller();
    let other = caller.clone();
    let waiting =
        tokio::spawn(async move { other.invoke("held", &json!({ "$callMode": "LongPolling" })).await });
    sleep(Duration::from_secs(3)).await;
    caller.hook(&json!({ "op": "reset" })).await;
    assert_eq!(waiting.await.unwrap().status, 404);
}

#[rstest]
#[case(json!({ "op": "hello" }), json!({ "ok": true, "ops": ["hello", "hold", "release", "fail", "count", "inspect", "reset", "bye"] }))]
#[case(json!({ "id": "x", "op": "bye" }), json!({ "id": "x", "ok": true }))]
#[case(json!({ "op": "advance" }), json!({ "ok": false, "unsupported": true }))]
#[case(json!({ "op": "q-81" }), json!({ "ok": false, "unsupported": true }))]
#[case(json!({ "op": "count", "job": "nothing" }), json!({ "ok": false, "error": "no job is called \"nothing\"" }))]
#[case(json!({ "op": "release", "handle": 4 }), json!({ "ok": false, "error": "no job has the handle 4" }))]
#[tokio::test(start_paused = true)]
async fn every_message_gets_a_plain_reply(#[case] message: Value, #[case] reply: Value) {
    assert_eq!(caller().hook(&message).await, reply);
}
