//! The walk through the call modes.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Walk, sleep};
use crate::mock::Operation;
use crate::mock::caller::{ANONYMOUS, OWNER, Reply, TRIGGERS, path};

const WRONG: &str = "Authorization: Bearer wrong\r\n";
const BASIC: &str = "Authorization: Basic embedded-owner-token\r\n";
const EMPTY: &str = "Authorization: Bearer\r\n";
const NOWHERE: &str = "jobs/00000000000000000000000000000000";

pub(super) async fn walk(walk: &mut Walk) {
    refusals(walk).await;
    verbs(walk).await;
    for trigger in ["echo-post", "queued", "fails", "short", "typed"] {
        polling(walk, trigger).await;
    }
    forgetting(walk).await;
    for trigger in ["echo-sync", "fails", "short", "queued", "slow", "cap-below", "cap-above"] {
        waiting(walk, trigger).await;
    }
    hanging_up(walk).await;
    letting_go(walk).await;
    together(walk).await;
    every_verb(walk).await;
    later_on(walk).await;
    for job in ["echo-post", "echo-fnf", "echo-sync", "queued", "fails", "short", "slow"] {
        walk.count(job).await;
    }
}

async fn invoke(walk: &mut Walk, trigger: &str, headers: &str, body: &str) -> Reply {
    walk.call(Operation::Invoke, ("POST", &format!("{TRIGGERS}{trigger}")), headers, body).await
}

async fn get(walk: &mut Walk, operation: Operation, reference: &str, headers: &str) -> Reply {
    walk.call(operation, ("GET", path(reference)), headers, "").await
}

async fn refusals(walk: &mut Walk) {
    for headers in [ANONYMOUS, WRONG, BASIC] {
        for trigger in ["echo-post", "echo-fnf", "echo-sync"] {
            invoke(walk, trigger, headers, "{}").await;
        }
    }
    for trigger in ["unknown", "disabled"] {
        for mode in ["AsyncRequestReply", "LongPolling"] {
            invoke(walk, trigger, OWNER, &json!({ "$callMode": mode }).to_string()).await;
        }
    }
    for body in ["{", "[]"] {
        invoke(walk, "echo-post", OWNER, body).await;
    }
    invoke(walk, "echo-fnf", OWNER, "{").await;
    invoke(walk, "echo-post", OWNER, r#"{"$callMode":"Sideways"}"#).await;
    invoke(walk, "echo-post", OWNER, "{}").await;
    walk.call(Operation::Invoke, ("PUT", &format!("{TRIGGERS}echo-post")), OWNER, "{}").await;
    for (operation, door) in
        [(Operation::Poll, "status"), (Operation::Wait, "wait"), (Operation::Output, "output")]
    {
        get(walk, operation, &format!("{TRIGGERS}{NOWHERE}/{door}"), OWNER).await;
    }
    walk.count("echo-post").await;
}

async fn verbs(walk: &mut Walk) {
    let body = json!({ "Name": "a", "number": 7, "$callMode": "LongPolling" }).to_string();
    for (verb, trigger) in [("POST", "echo-post"), ("PUT", "echo-put"), ("DELETE", "echo-delete")] {
        walk.call(Operation::Invoke, (verb, &format!("{TRIGGERS}{trigger}")), OWNER, &body).await;
    }
    let forgotten = json!({ "$callMode": "FireAndForget" }).to_string();
    for (verb, trigger) in [("PUT", "echo-put"), ("POST", "echo-sync")] {
        walk.call(Operation::Invoke, (verb, &format!("{TRIGGERS}{trigger}")), OWNER, &forgotten).await;
    }
    for query in ["", "?text=a", "?text=a&%24callMode=LongPolling", "?text=%C3%BC&%24callMode=LongPolling"] {
        let target = format!("{TRIGGERS}echo-get{query}");
        walk.call(Operation::Invoke, ("GET", &target), OWNER, "").await;
    }
}

async fn polling(walk: &mut Walk, trigger: &str) {
    let first = invoke(walk, trigger, OWNER, "{}").await;
    let second = invoke(walk, trigger, OWNER, r#"{"other":1}"#).await;
    for invoked in [first, second] {
        let Some(status) = invoked.header("location").map(str::to_owned) else { continue };
        for headers in [OWNER, OWNER, ANONYMOUS, WRONG, BASIC] {
            get(walk, Operation::Poll, &status, headers).await;
        }
        walk.call(Operation::Poll, ("POST", path(&status)), OWNER, "").await;
        get(walk, Operation::Poll, &altered(&status), OWNER).await;
        let mut location = None;
        for _ in 0..16 {
            sleep(1_000).await;
            let polled = get(walk, Operation::Poll, &status, OWNER).await;
            location = location.or_else(|| polled.header("location").map(str::to_owned));
        }
        let Some(output) = location else { continue };
        for headers in [OWNER, ANONYMOUS, WRONG, OWNER] {
            get(walk, Operation::Output, &output, headers).await;
        }
    }
}

/// The reference with another end of the id.
fn altered(reference: &str) -> String {
    let Some((head, door)) = reference.rsplit_once('/') else { return reference.to_owned() };
    let mut head = head.to_owned();
    head.pop();
    format!("{head}~/{door}")
}

async fn forgetting(walk: &mut Walk) {
    for (trigger, forced) in [("echo-fnf", false), ("short", true), ("fails", true)] {
        let body = if forced { json!({ "$callMode": "FireAndForget" }) } else { json!({}) };
        invoke(walk, trigger, OWNER, &body.to_string()).await;
        sleep(10_000).await;
        state(walk, trigger).await;
    }
}

/// The state of the newest job of a trigger, noted like an answer.
async fn state(walk: &mut Walk, trigger: &str) {
    let state = walk.caller.hook(&json!({ "op": "inspect", "job": trigger })).await;
    let body = state.to_string().into_bytes();
    walk.note(
        None,
        format!("inspect {trigger}"),
        Reply { status: 200, headers: Vec::new(), body, took: Duration::ZERO },
    );
}

async fn waiting(walk: &mut Walk, trigger: &str) {
    let mut answer = invoke(walk, trigger, OWNER, &body()).await;
    let mut last = None;
    for hop in 0..40 {
        let Some(wait) = answer.header("location").map(str::to_owned) else { break };
        if hop == 0 {
            get(walk, Operation::Wait, &wait, ANONYMOUS).await;
            get(walk, Operation::Wait, &wait, WRONG).await;
        }
        answer = get(walk, Operation::Wait, &wait, OWNER).await;
        last = Some(wait);
    }
    if let Some(wait) = last {
        get(walk, Operation::Wait, &wait, OWNER).await;
    }
}

fn body() -> String {
    json!({ "$callMode": "LongPolling" }).to_string()
}

async fn hanging_up(walk: &mut Walk) {
    let invoked = invoke(walk, "slow", OWNER, &body()).await;
    let Some(wait) = invoked.header("location").map(str::to_owned) else { return };
    walk.caller.hang_up(path(&wait), OWNER, Duration::from_secs(1)).await;
    get(walk, Operation::Wait, &wait, OWNER).await;
}

/// A job is kept back, and let go while somebody waits for it.
async fn letting_go(walk: &mut Walk) {
    let caller = walk.caller.clone();
    let waits =
        tokio::spawn(async move { caller.invoke("held", &json!({ "$callMode": "LongPolling" })).await });
    sleep(2_000).await;
    walk.hook(json!({ "op": "release", "job": "held" })).await;
    if let Ok(reply) = waits.await {
        walk.note(Operation::Invoke, "a wait for a job that is let go".to_owned(), reply);
    }
}

/// Several callers wait at the same time for jobs with different results.
async fn together(walk: &mut Walk) {
    let calls: Vec<_> = (0..5)
        .map(|number| {
            let caller = walk.caller.clone();
            let arguments: Value = json!({ "n": number });
            tokio::spawn(async move { caller.invoke("echo-sync", &arguments).await })
        })
        .collect();
    for call in calls {
        let Ok(reply) = call.await else { continue };
        walk.note(Operation::Invoke, "one of several waits".to_owned(), reply);
    }
}

/// Every verb at a trigger of another one, and a call without a token or with none behind the scheme.
async fn every_verb(walk: &mut Walk) {
    for verb in ["GET", "PUT", "DELETE", "PATCH", "HEAD"] {
        walk.call(Operation::Invoke, (verb, &format!("{TRIGGERS}echo-post")), OWNER, "").await;
    }
    walk.call(Operation::Invoke, ("GET", &format!("{TRIGGERS}echo-get")), ANONYMOUS, "").await;
    invoke(walk, "echo-post", EMPTY, "{}").await;
    let body = json!({ "argument1": "a", "lastArgument": "b", "$callMode": "LongPolling" }).to_string();
    walk.call(Operation::Invoke, ("PUT", &format!("{TRIGGERS}echo-put")), OWNER, &body).await;
}

/// Whoever has no token asks once its owner has asked often.
async fn later_on(walk: &mut Walk) {
    let polled = invoke(walk, "short", OWNER, "{}").await;
    let held = invoke(walk, "slow", OWNER, &body()).await;
    for (operation, invoked) in [(Operation::Poll, polled), (Operation::Wait, held)] {
        let Some(status) = invoked.header("location").map(str::to_owned) else { continue };
        for _ in 0..6 {
            get(walk, operation, &status, OWNER).await;
            get(walk, operation, &status, ANONYMOUS).await;
        }
    }
}
