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
        "envelope_code" => {
            let waiting = caller.create(4, &json!({})).await;
            let (_, done) = ended(caller, 1).await;
            Reply { body: [waiting.body, done.body].concat(), ..done }
        }
        "created_state" => caller.create(1, &json!({})).await,
        "waiting_state" => {
            let created = caller.create(4, &json!({})).await;
            tokio::time::sleep(Duration::from_secs(2)).await;
            let waiting = caller.status(&created.at("/task/id")).await;
            Reply { body: [created.body, waiting.body].concat(), ..waiting }
        }
        "http_status" | "ids" | "priority" | "time_zone" | "time_fraction" | "unset_members"
        | "unset_times" => caller.create(4, &json!({})).await,
        "foreign_read" => {
            let id = caller.create(1, &json!({})).await.at("/task/id");
            caller.elma("status", &json!({ "auth_tkn": STRANGER, "id": id })).await
        }
        "zero_dates" | "key_case" | "id_form" | "shown_context" | "output_text" => ended(caller, 1).await.1,
        "after_cancel" => {
            let id = caller.create(4, &json!({})).await.at("/task/id");
            cancel(caller, &id).await;
            caller.status(&id).await
        }
        "cancel_running" => {
            let id = caller.create(2, &json!({})).await.at("/task/id");
            tokio::time::sleep(Duration::from_secs(1)).await;
            let cancelled = cancel(caller, &id).await;
            if cancelled.at("/status") == 400 { cancelled } else { caller.status(&id).await }
        }
        "cancel_ended" => {
            let (id, _) = ended(caller, 1).await;
            cancel(caller, &id).await
        }
        "id_text" => {
            let id = caller.create(1, &json!({})).await.at("/task/id");
            caller.status(&json!(id.to_string())).await
        }
        "file_label" => {
            let (id, _) = ended(caller, 6).await;
            let body = json!({ "auth_tkn": SYSTEM, "taskid": id, "filename": "12.txt" });
            caller.elma("download", &body).await
        }
        "ctx_object" => {
            let task = json!({ "process": "c39f99de-cb8f-4661-a206-000000000001", "version": 0, "ctx": {} });
            caller.elma("create", &json!({ "auth_tkn": SYSTEM, "task": task })).await
        }
        "client_mistake" | "refusal_body" => {
            caller.call("POST", &format!("{TRIGGERS}echo-post"), OWNER, "{").await
        }
        "redirect_codes" | "location" | "redirect_body" | "job_name" | "hop_query" => {
            invoke("slow", "LongPolling").await
        }
        "accepted_body" => invoke("short", "AsyncRequestReply").await,
        "running_body" => {
            let invoked = invoke("short", "AsyncRequestReply").await;
            caller.get(&invoked.location()).await
        }
        "output_status" => invoke("typed", "LongPolling").await,
        "query_types" => {
            let target = format!("{TRIGGERS}echo-get?a=1&$callMode=LongPolling");
            caller.call("GET", &target, OWNER, "").await
        }
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
        "prefix" => caller.invoke("echo-post", &json!({})).await,
        other => panic!("no answer shows the policy {other}"),
    }
}

/// A task of the process with this number that has ended, and its record.
async fn ended(caller: &Caller, process: u8) -> (Value, Reply) {
    let id = caller.create(process, &json!({ "Text_in": "a" })).await.at("/task/id");
    tokio::time::sleep(Duration::from_secs(2)).await;
    let record = caller.status(&id).await;
    (id, record)
}

async fn cancel(caller: &Caller, id: &Value) -> Reply {
    caller.elma("cancel", &json!({ "auth_tkn": SYSTEM, "id": id })).await
}

fn seen(key: &str, reply: &Reply) -> (u16, Vec<(String, String)>, Vec<u8>) {
    let body = if key == "client_mistake" { Vec::new() } else { reply.body.clone() };
    (reply.status, reply.headers.clone(), body)
}

#[tokio::test(start_paused = true)]
async fn every_value_shows() {
    for (key, values) in POLICIES {
        let mut answers = Vec::new();
        for value in *values {
            let configuration = Configuration::embedded().with_policy(key, value).unwrap();
            // Where no job takes time, every choice shows that can be seen at all.
            let instant = ["created_state"].contains(key);
            let configuration =
                if instant { configuration.with_noise("instant-jobs").unwrap() } else { configuration };
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
