//! Every value of every policy is another answer on the wire.

use std::time::Duration;

use serde_json::{Value, json};

use super::POLICIES;
use crate::mock::Configuration;
use crate::mock::caller::{Caller, OWNER, Reply, STRANGER, SYSTEM, TRIGGERS};

/// The one answer in which the policy shows.
async fn answer(key: &str, caller: &Caller) -> Reply {
    let invoke = async |trigger, mode| caller.invoke(trigger, &json!({ "$callMode": mode })).await;
    match key {
        "http_status" | "envelope_code" | "waiting_state" => caller.create(4, &json!({})).await,
        "foreign_read" => {
            let id = caller.create(1, &json!({})).await.at("/task/id");
            caller.elma("status", &json!({ "auth_tkn": STRANGER, "id": id })).await
        }
        "zero_dates" | "key_case" | "id_form" => {
            let id = caller.create(1, &json!({ "Text_in": "a" })).await.at("/task/id");
            tokio::time::sleep(Duration::from_secs(1)).await;
            caller.status(&id).await
        }
        "after_cancel" => {
            let id = caller.create(4, &json!({})).await.at("/task/id");
            caller.elma("cancel", &json!({ "auth_tkn": SYSTEM, "id": id })).await;
            caller.status(&id).await
        }
        "ctx_object" => {
            let task = json!({ "process": "c39f99de-cb8f-4661-a206-000000000001", "version": 0, "ctx": {} });
            caller.elma("create", &json!({ "auth_tkn": SYSTEM, "task": task })).await
        }
        "client_mistake" => caller.call("POST", &format!("{TRIGGERS}echo-post"), OWNER, "{").await,
        "redirect_codes" | "location" => invoke("slow", "LongPolling").await,
        "fault_status" => invoke("fails", "LongPolling").await,
        "cap_outcome" => {
            let mut answer = invoke("cap-above", "LongPolling").await;
            while answer.status == 303 {
                answer = caller.get(&answer.location()).await;
            }
            answer
        }
        "unknown_call_mode" => invoke("echo-post", "Nonsense").await,
        "fnf_body" => invoke("echo-fnf", "FireAndForget").await,
        other => panic!("no answer shows the policy {other}"),
    }
}

fn seen(key: &str, reply: &Reply) -> (u16, Vec<(String, String)>, Value, usize) {
    let mut body = reply.json();
    if key == "client_mistake" {
        body = Value::Null;
    }
    (reply.status, reply.headers.clone(), body, reply.body.len())
}

#[tokio::test(start_paused = true)]
async fn every_value_shows() {
    for (key, values) in POLICIES {
        let mut answers = Vec::new();
        for value in *values {
            let configuration = Configuration::embedded().with_policy(key, value).unwrap();
            let caller = Caller::new(configuration);
            let answer = seen(key, &answer(key, &caller).await);
            let same_by_nature = (*key, *value) == ("client_mistake", "400");
            assert!(
                same_by_nature || !answers.contains(&answer),
                "{key} = {value} answers like another value"
            );
            answers.push(answer);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn one_code_for_every_mistake() {
    let configuration = Configuration::embedded().with_policy("client_mistake", "400").unwrap();
    let caller = Caller::new(configuration);
    assert_eq!(caller.invoke("unknown", &json!({})).await.status, 400);
    assert_eq!(caller.call("PUT", &format!("{TRIGGERS}echo-post"), OWNER, "").await.status, 400);
}
