//! What a mock says of itself when it can be reached: one line for programs, and a walk through it for people.

use serde_json::{Map, Value, json};

use crate::mock::Mock;

/// One JSON object in one line.
pub(super) fn line(mock: &Mock) -> String {
    let configuration = mock.configuration();
    let fixtures = &configuration.fixtures;
    let mut line = json!({});
    if !fixtures.bearers.is_empty() {
        let tokens = names(fixtures.bearers.iter().map(|own| (&*own.name, &*own.token)));
        let triggers: Vec<&str> = fixtures.triggers.iter().map(|own| &*own.name).collect();
        line["uipath"] = json!({
            "url": mock.uipath_url(),
            "token": fixtures.bearers.first().map(|own| own.token.to_string()),
            "tokens": tokens,
            "triggers": triggers,
        });
    }
    if !fixtures.systems.is_empty() {
        line["elma"] = json!({
            "url": mock.elma_url(),
            "systems": names(fixtures.systems.iter().map(|own| (&*own.name, &*own.token))),
            "processes": names(fixtures.processes.iter().map(|own| (&*own.name, &*own.uuid))),
        });
    }
    line["control"] = json!(mock.control_url());
    line["foreign"] = json!(mock.addresses().foreign);
    line["clock"] = json!(mock.session().clock().to_string());
    line["seed"] = json!(configuration.seed);
    format!("{line}\n")
}

fn names<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Value {
    Value::Object(pairs.map(|(name, value)| (name.to_owned(), json!(value))).collect::<Map<_, _>>())
}

/// A few lines that can be tried at once.
pub(super) fn banner(mock: &Mock) -> String {
    let mut lines =
        vec![String::new(), "A mock orchestrator, for development only; Ctrl-C ends it.".to_owned()];
    lines.extend(mock.control_url().map(|control| format!("Watch it at {control}/")));
    let walks = [walk_through_modes(mock), walk_through_tasks(mock)];
    lines.extend(walks.into_iter().flatten().flatten());
    lines.join("\n")
}

/// The three call modes of the first trigger that takes a POST.
fn walk_through_modes(mock: &Mock) -> Option<Vec<String>> {
    let fixtures = &mock.configuration().fixtures;
    let trigger = fixtures.triggers.iter().find(|own| own.verb.as_str() == "POST" && own.enabled)?;
    let (bearer, url) = (&fixtures.bearers.first()?.token, mock.uipath_url());
    let call = |options: &str, mode: &str| {
        let body = json!({ "$callMode": mode });
        let curl = curl(mock);
        format!(
            "  {curl} {options} -H 'Authorization: Bearer {bearer}' --json '{body}' {url}/t/{}",
            trigger.name
        )
    };
    Some(vec![
        String::new(),
        "Start a job, then poll the `Location` of the answer until it redirects to the output:".to_owned(),
        call("-i", "AsyncRequestReply"),
        "Start a job, and forget it:".to_owned(),
        call("-i", "FireAndForget"),
        "Start a job, and wait for it through every redirect:".to_owned(),
        call("-iL --max-redirs 60", "LongPolling"),
    ])
}

/// A task of the first process.
fn walk_through_tasks(mock: &Mock) -> Option<Vec<String>> {
    let fixtures = &mock.configuration().fixtures;
    let (system, process) = (fixtures.systems.first()?, fixtures.processes.first()?);
    let task = json!({ "process": &*process.uuid, "ctx": "{}" });
    let (url, curl) = (mock.elma_url(), curl(mock));
    let call = |operation: &str, body: &Value| {
        format!("  {curl} -i --json '{body}' {url}/v1/orchestra/task/{operation}")
    };
    Some(vec![
        String::new(),
        "Create a task, then read it by the `id` in the answer:".to_owned(),
        call("create", &json!({ "auth_tkn": &*system.token, "task": task })),
        call("status", &json!({ "auth_tkn": &*system.token, "id": 955 })),
    ])
}

fn curl(mock: &Mock) -> &'static str {
    if mock.elma_url().starts_with("https:") { "curl -k" } else { "curl" }
}
