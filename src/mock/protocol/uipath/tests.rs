//! The call modes over the wire, in virtual time.

use std::time::Duration;

use rstest::rstest;
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::mock::caller::{ANONYMOUS, Caller, NOVIEW, OWNER, TRIGGERS, path};
use crate::mock::{Configuration, RedirectAuth};

const HOLD: Duration = Duration::from_secs(25);

fn caller() -> Caller {
    Caller::new(Configuration::embedded())
}

fn waiting() -> Value {
    json!({ "$callMode": "LongPolling" })
}

#[tokio::test(start_paused = true)]
async fn polling_goes_from_202_over_200_and_303_to_the_output() {
    let caller = caller();
    let invoked = caller.invoke("short", &json!({})).await;
    assert_eq!(invoked.status, 202);
    let status = invoked.location();
    let mut trace = Vec::new();
    loop {
        let polled = caller.get(&status).await;
        trace.push(polled.status);
        if polled.status != 200 {
            let output = caller.get(&polled.location()).await;
            assert_eq!((output.status, output.json()), (200, json!({ "ok": true })));
            break;
        }
        sleep(Duration::from_secs(1)).await;
    }
    assert_eq!(trace, [200, 200, 200, 200, 200, 303]);
    assert_eq!(caller.get(&status).await.status, 303);
}

#[rstest]
#[case("POST", "echo-post")]
#[case("PUT", "echo-put")]
#[case("DELETE", "echo-delete")]
#[tokio::test(start_paused = true)]
async fn arguments_of_a_body_keep_their_types(#[case] verb: &str, #[case] trigger: &str) {
    let caller = caller();
    let body = json!({ "a": 123, "b": "text", "$callMode": "LongPolling" });
    let answer = caller.call(verb, &format!("{TRIGGERS}{trigger}"), OWNER, &body.to_string()).await;
    assert_eq!((answer.status, answer.json()), (200, json!({ "echo": { "a": 123, "b": "text" } })));
}

#[rstest]
#[case("%24callMode")]
#[case("$callMode")]
#[tokio::test(start_paused = true)]
async fn arguments_of_a_query_are_texts(#[case] key: &str) {
    let caller = caller();
    let answer =
        caller.call("GET", &format!("{TRIGGERS}echo-get?a=123&b=a%20b&{key}=LongPolling"), OWNER, "").await;
    assert_eq!(answer.json(), json!({ "echo": { "a": "123", "b": "a b" } }));
}

#[tokio::test(start_paused = true)]
async fn nothing_is_said_about_a_forgotten_job_but_it_runs() {
    let caller = caller();
    let answer = caller.invoke("echo-fnf", &json!({ "mark": "m" })).await;
    assert_eq!((answer.status, answer.body.len(), answer.header("location")), (200, 0, None));
    sleep(Duration::from_secs(1)).await;
    assert_eq!(caller.hook(&json!({ "op": "inspect", "mark": "m" })).await["state"], "done");
}

#[tokio::test(start_paused = true)]
async fn a_held_call_is_released_at_the_end_of_its_job() {
    let answer = caller().invoke("short", &waiting()).await;
    assert_eq!((answer.status, answer.took), (200, Duration::from_secs(5)));
    assert_eq!(answer.json(), json!({ "ok": true }));
}

#[tokio::test(start_paused = true)]
async fn a_long_job_redirects_to_one_path_with_another_query_each_time() {
    let caller = caller();
    let mut answer = caller.invoke("slow", &waiting()).await;
    let mut locations = Vec::new();
    while answer.status == 303 {
        assert_eq!(answer.took, HOLD);
        locations.push(answer.location());
        answer = caller.get(&answer.location()).await;
    }
    assert_eq!((answer.status, answer.took), (200, Duration::from_secs(10)));
    assert_eq!(locations.len(), 4);
    let (first, last) = (locations[0].split_once('?').unwrap(), locations[3].split_once('?').unwrap());
    assert_eq!(first.0, last.0);
    assert_ne!(first.1, last.1);
}

#[rstest]
#[case("cap-below", 200, 810)]
#[case("cap-above", 504, 900)]
#[tokio::test(start_paused = true)]
async fn the_cap_ends_what_takes_too_long(#[case] trigger: &str, #[case] status: u16, #[case] seconds: u64) {
    let caller = caller();
    let mut answer = caller.invoke(trigger, &json!({})).await;
    let mut took = answer.took;
    while answer.status == 303 {
        answer = caller.get(&answer.location()).await;
        took += answer.took;
    }
    assert_eq!((answer.status, took), (status, Duration::from_secs(seconds)));
}

#[tokio::test(start_paused = true)]
async fn a_failed_job_gives_its_error_in_every_mode_that_answers() {
    let caller = caller();
    let held = caller.invoke("fails", &waiting()).await;
    assert!(held.at("/error/message").as_str().unwrap().contains("boom"));
    let status = caller.invoke("fails", &json!({})).await.location();
    sleep(Duration::from_secs(2)).await;
    let polled = caller.get(&status).await;
    assert_eq!(polled.status, 303);
    assert_eq!(caller.get(&polled.location()).await.json(), held.json());
}

#[tokio::test(start_paused = true)]
async fn a_caller_that_hangs_up_leaves_the_job_alone() {
    let caller = caller();
    let wait = caller.invoke("slow", &waiting()).await.location();
    caller.hang_up(path(&wait), OWNER, Duration::from_secs(1)).await;
    let state = caller.hook(&json!({ "op": "inspect", "handle": wait })).await;
    assert_eq!(state["state"], "running");
    assert_eq!(caller.get(&wait).await.status, 303);
}

#[rstest]
#[case(RedirectAuth::Required, 401)]
#[case(RedirectAuth::InitialOnly, 303)]
#[tokio::test(start_paused = true)]
async fn the_tenant_decides_whether_a_wait_needs_the_bearer(
    #[case] switch: RedirectAuth,
    #[case] status: u16,
) {
    let caller = Caller::new(Configuration::embedded().with_redirect_auth(switch));
    let wait = caller.invoke("slow", &waiting()).await.location();
    assert_eq!(caller.call("GET", path(&wait), ANONYMOUS, "").await.status, status);
    assert_eq!(caller.get(&wait).await.status, 303);
    let refused = caller.call("POST", &format!("{TRIGGERS}slow"), ANONYMOUS, &waiting().to_string()).await;
    assert_eq!(refused.status, 401);
    let poll = caller.invoke("echo-post", &json!({})).await.location();
    assert_eq!(caller.call("GET", path(&poll), ANONYMOUS, "").await.status, 401);
    let output = poll.replace("/status", "/output");
    sleep(Duration::from_secs(1)).await;
    assert_eq!(caller.call("GET", path(&output), ANONYMOUS, "").await.status, 401);
}

#[tokio::test(start_paused = true)]
async fn a_bearer_may_start_jobs_without_viewing_them() {
    let caller = caller();
    let invoked = caller.call("POST", &format!("{TRIGGERS}slow"), NOVIEW, "{}").await;
    assert_eq!(invoked.status, 202);
    assert_eq!(caller.call("GET", path(&invoked.location()), NOVIEW, "").await.status, 403);
    assert_eq!(caller.get(&invoked.location()).await.status, 200);
}

#[rstest]
#[case("POST", "echo-post", ANONYMOUS, "{}", 401)]
#[case("POST", "echo-post", "Authorization: Bearer wrong\r\n", "{}", 401)]
#[case("POST", "echo-post", "Authorization: Basic embedded-owner-token\r\n", "{}", 401)]
#[case("POST", "echo-post", OWNER, "{", 400)]
#[case("POST", "echo-post", OWNER, "[]", 400)]
#[case("POST", "echo-post", OWNER, r#"{"$callMode":"longpolling"}"#, 400)]
#[case("PUT", "echo-post", OWNER, "{}", 405)]
#[case("HEAD", "echo-get", OWNER, "", 405)]
#[case("POST", "disabled", OWNER, "{}", 404)]
#[case("POST", "unknown", OWNER, "{}", 404)]
#[tokio::test(start_paused = true)]
async fn a_refused_call_creates_nothing(
    #[case] verb: &str,
    #[case] trigger: &str,
    #[case] headers: &str,
    #[case] body: &str,
    #[case] status: u16,
) {
    let caller = caller();
    let answer = caller.call(verb, &format!("{TRIGGERS}{trigger}"), headers, body).await;
    assert_eq!((answer.status, answer.header("location")), (status, None));
    let count = caller.hook(&json!({ "op": "count", "job": "echo-post" })).await;
    assert_eq!(count["count"], 0);
}

#[rstest]
#[case("jobs/00000000000000000000000000000000/status")]
#[case("jobs/00000000000000000000000000000000/wait")]
#[case("jobs/00000000000000000000000000000000/output")]
#[tokio::test(start_paused = true)]
async fn what_was_never_issued_is_not_found(#[case] rest: &str) {
    assert_eq!(caller().get(&format!("{TRIGGERS}{rest}")).await.status, 404);
}

#[tokio::test(start_paused = true)]
async fn many_waiters_each_get_their_own_result() {
    let caller = caller();
    let calls = (0..50).map(|number| {
        let caller = caller.clone();
        tokio::spawn(async move { caller.invoke("echo-sync", &json!({ "n": number })).await.at("/echo/n") })
    });
    let calls: Vec<_> = calls.collect();
    for (number, call) in calls.into_iter().enumerate() {
        assert_eq!(call.await.unwrap(), json!(number));
    }
}
