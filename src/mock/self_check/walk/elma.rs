//! The walk through the task queue.

use serde_json::{Value, json};

use super::{Walk, sleep};
use crate::mock::Operation;
use crate::mock::caller::{Reply, STRANGER, SYSTEM};

const LOCKED: &str = "5d5ec66f-357d-4c2d-bbc1-2012278d2363";
const UNKNOWN: &str = "c054ab8e-cd33-429e-b4f3-7f61abcfd381";

pub(super) async fn walk(walk: &mut Walk) {
    refusals(walk).await;
    form(walk).await;
    life(walk).await;
    versions(walk).await;
    cancelling(walk).await;
    racing(walk).await;
    downloads(walk).await;
    many(walk).await;
    in_every_state(walk).await;
    side_by_side(walk).await;
    for job in ["echo", "short", "broken", "queued", "held"] {
        walk.count(job).await;
    }
}

async fn send(walk: &mut Walk, operation: Operation, body: Value) -> Reply {
    let path = match operation {
        Operation::Create => "/v1/orchestra/task/create",
        Operation::Status => "/v1/orchestra/task/status",
        Operation::Cancel => "/v1/orchestra/task/cancel",
        _ => "/v1/repository/task/download",
    };
    walk.call(operation, ("POST", path), "", &body.to_string()).await
}

fn order(process: u8, version: u64, inputs: &Value) -> Value {
    let process = format!("c39f99de-cb8f-4661-a206-0000000000{process:02}");
    json!({ "process": process, "version": version, "ctx": inputs.to_string() })
}

async fn create(walk: &mut Walk, process: u8) -> Value {
    let body = json!({ "auth_tkn": SYSTEM, "task": order(process, 0, &json!({ "mark_in": "m" })) });
    send(walk, Operation::Create, body).await.at("/task/id")
}

async fn status(walk: &mut Walk, id: &Value) {
    send(walk, Operation::Status, json!({ "auth_tkn": SYSTEM, "id": id })).await;
}

async fn cancel(walk: &mut Walk, id: &Value, system: &str) {
    send(walk, Operation::Cancel, json!({ "auth_tkn": system, "id": id })).await;
}

async fn refusals(walk: &mut Walk) {
    let id = create(walk, 1).await;
    for token in [json!(null), json!(UNKNOWN), json!(LOCKED)] {
        let (task, file) = (order(1, 0, &json!({})), "12.txt");
        for (operation, mut body) in [
            (Operation::Create, json!({ "task": task })),
            (Operation::Status, json!({ "id": id })),
            (Operation::Cancel, json!({ "id": id })),
            (Operation::Download, json!({ "taskid": id, "filename": file })),
        ] {
            if !token.is_null() {
                body["auth_tkn"] = token.clone();
            }
            send(walk, operation, body).await;
        }
    }
    send(walk, Operation::Create, json!({ "auth_tkn": SYSTEM })).await;
    let broken = json!({ "process": order(1, 0, &json!({}))["process"], "version": 0, "ctx": "{'key': " });
    send(walk, Operation::Create, json!({ "auth_tkn": SYSTEM, "task": broken })).await;
    let unknown = json!({ "process": UNKNOWN, "version": 0, "ctx": "" });
    send(walk, Operation::Create, json!({ "auth_tkn": SYSTEM, "task": unknown })).await;
    cancel(walk, &json!(4), SYSTEM).await;
}

async fn form(walk: &mut Walk) {
    let id = create(walk, 2).await;
    let body = json!({ "auth_tkn": SYSTEM, "id": id }).to_string();
    let (status, path) = (Operation::Status, "/v1/orchestra/task/status");
    walk.call(status, ("PUT", path), "", &body).await;
    walk.call(status, ("POST", path), "", "{").await;
    let task = json!({ "auth_tkn": SYSTEM, "task": order(5, 0, &json!({})) }).to_string();
    walk.call(Operation::Create, ("PUT", "/v1/orchestra/task/create"), "", &task).await;
    walk.call(Operation::Create, ("POST", "/v1/repository/task/create"), "", &task).await;
    walk.call(status, ("POST", &format!("{path}/")), "", &body).await;
    walk.call(status, ("POST", path), "Authorization: Basic junk\r\n", &body).await;
    walk.call(status, ("POST", path), "Content-Type: application/json; charset=utf-8\r\n", &body).await;
    let file = json!({ "auth_tkn": SYSTEM, "taskid": id, "filename": "12.txt" }).to_string();
    walk.call(Operation::Download, ("POST", "/v1/orchestra/task/download"), "", &file).await;
}

/// Typed inputs come back, and every process is read from its beginning to beyond its end.
async fn life(walk: &mut Walk) {
    let inputs = json!({ "text_in": "a \"b\"\n", "number_in": 7, "flag_in": true });
    let mut task = order(1, 0, &inputs);
    task["priority"] = json!("EMPTY_P");
    let id = send(walk, Operation::Create, json!({ "auth_tkn": SYSTEM, "task": task })).await.at("/task/id");
    sleep(500).await;
    status(walk, &id).await;
    for process in [1, 2, 3, 4, 5, 7] {
        let id = create(walk, process).await;
        status(walk, &id).await;
        for _ in 0..8 {
            sleep(50).await;
            status(walk, &id).await;
        }
        for _ in 0..9 {
            sleep(1_000).await;
            status(walk, &id).await;
        }
        send(walk, Operation::Status, json!({ "auth_tkn": STRANGER, "id": id })).await;
    }
}

async fn versions(walk: &mut Walk) {
    for version in [0, 1, 2, 3] {
        let body = json!({ "auth_tkn": SYSTEM, "task": order(8, version, &json!({})) });
        let id = send(walk, Operation::Create, body).await.at("/task/id");
        sleep(500).await;
        status(walk, &id).await;
    }
}

async fn cancelling(walk: &mut Walk) {
    let (foreign, anonymous, id) = (create(walk, 4).await, create(walk, 4).await, create(walk, 4).await);
    let unknown = create(walk, 4).await;
    cancel(walk, &unknown, UNKNOWN).await;
    cancel(walk, &foreign, STRANGER).await;
    send(walk, Operation::Cancel, json!({ "id": anonymous })).await;
    for _ in 0..2 {
        cancel(walk, &id, SYSTEM).await;
        status(walk, &id).await;
    }
    sleep(10_000).await;
    for id in [foreign, anonymous, unknown, id] {
        status(walk, &id).await;
    }
    for process in [1, 2] {
        let id = create(walk, process).await;
        sleep(500).await;
        status(walk, &id).await;
        cancel(walk, &id, SYSTEM).await;
        sleep(6_000).await;
        status(walk, &id).await;
    }
}

async fn racing(walk: &mut Walk) {
    let id = create(walk, 5).await;
    sleep(2_000).await;
    walk.hook(json!({ "op": "release", "handle": id })).await;
    cancel(walk, &id, SYSTEM).await;
    sleep(2_000).await;
    status(walk, &id).await;
}

async fn downloads(walk: &mut Walk) {
    let running = create(walk, 2).await;
    let body = json!({ "auth_tkn": SYSTEM, "taskid": running, "filename": "12.txt" });
    send(walk, Operation::Download, body).await;
    let id = create(walk, 6).await;
    for wait in [50, 2_000] {
        sleep(wait).await;
        for name in ["12.txt", "data.bin", "empty.bin", "large.bin", "13.txt", "../secret.txt", "x/12.txt"] {
            let body = json!({ "auth_tkn": SYSTEM, "taskid": id, "filename": name });
            send(walk, Operation::Download, body).await;
        }
    }
    send(walk, Operation::Download, json!({ "auth_tkn": SYSTEM, "id": id, "filename": "12.txt" })).await;
    send(walk, Operation::Download, json!({ "auth_tkn": SYSTEM, "taskid": id })).await;
    let file = json!({ "auth_tkn": SYSTEM, "taskid": id, "filename": "12.txt" }).to_string();
    walk.call(Operation::Download, ("PUT", "/v1/repository/task/download"), "", &file).await;
    for token in [json!(null), json!(UNKNOWN), json!(STRANGER)] {
        let body = json!({ "auth_tkn": token, "taskid": id, "filename": "12.txt" });
        send(walk, Operation::Download, body).await;
    }
}

async fn many(walk: &mut Walk) {
    let mut ids = Vec::new();
    for _ in 0..8 {
        ids.push(create(walk, 2).await);
    }
    for id in &ids {
        status(walk, id).await;
    }
}

/// What nobody but the creator may do is tried while a task waits and while it runs; its creator cancels one that waits.
async fn in_every_state(walk: &mut Walk) {
    for token in [json!(STRANGER), json!(null), json!(UNKNOWN)] {
        let id = create(walk, 4).await;
        for _ in 0..12 {
            sleep(500).await;
            let mut body = json!({ "auth_tkn": token, "id": id });
            if token.is_null() {
                body = json!({ "id": id });
            }
            send(walk, Operation::Cancel, body).await;
        }
        sleep(6_000).await;
        status(walk, &id).await;
    }
    let id = create(walk, 4).await;
    send(walk, Operation::Status, json!({ "auth_tkn": STRANGER, "id": id })).await;
    sleep(10_000).await;
    status(walk, &id).await;
    let id = create(walk, 5).await;
    sleep(2_000).await;
    cancel(walk, &id, SYSTEM).await;
}

/// Tasks with inputs of their own at the same time, one that is read often, and files that are not a task's own.
async fn side_by_side(walk: &mut Walk) {
    let mut ids = Vec::new();
    for number in 0..5 {
        let task = order(1, 0, &json!({ "number_in": number }));
        let created = send(walk, Operation::Create, json!({ "auth_tkn": SYSTEM, "task": task })).await;
        ids.push(created.at("/task/id"));
    }
    sleep(500).await;
    for id in &ids {
        status(walk, id).await;
        send(walk, Operation::Download, json!({ "auth_tkn": SYSTEM, "taskid": id, "filename": "12.txt" }))
            .await;
    }
    for _ in 0..50 {
        status(walk, &ids[0]).await;
    }
    let id = create(walk, 6).await;
    sleep(2_000).await;
    send(walk, Operation::Download, json!({ "auth_tkn": SYSTEM, "taskid": id, "filename": "12.txt" })).await;
    status(walk, &id).await;
    let longer = json!({ "auth_tkn": format!("{SYSTEM}0"), "task": order(1, 0, &json!({})) });
    send(walk, Operation::Create, longer).await;
}
