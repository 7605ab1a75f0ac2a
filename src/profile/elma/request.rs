//! How a client of the ELMA task queue asks: one JSON object per call, everything in it.

use serde_json::{Map, Value as Json, json};

use crate::http::message::Headers;
use crate::profile::raw::{self, Draft};
use crate::profile::{Call, Operation, Words, word};
use crate::target::Entry;
use crate::yaml::{Key, Shape, Value};

/// The word that creates a task.
pub(super) const CREATE: &str = "create";

/// The member that says who calls.
pub(super) const TOKEN: &str = "auth_tkn";

const OWN: &[Key] = &[
    Key::optional(CREATE, Value::Text, "Creates a task of the job with this alias.").like("sleep"),
    Key::optional("inputs", Value::Map(&Value::Any), "The input context of `create`, by input name.")
        .or("{}")
        .like("{ \"${{ echo.input }}\": hello }"),
    Key::optional("version", Value::Any, "The process version of `create`; 0, the current one, if left out.")
        .or("0")
        .like("2"),
    Key::optional(
        "ctx",
        Value::Any,
        "Sent as `ctx` of `create` as it stands, instead of the encoded inputs.",
    )
    .like("\"{}\""),
    Key::optional("process", Value::Any, "Sent as `process` of `create` instead of the job's.")
        .like("\"${{ unknown.uuid }}\""),
    Key::optional(
        "task",
        Value::Map(&Value::Any),
        "Members put into `task` of `create`, or replacing its own.",
    )
    .or("{}")
    .like("{ version: 7 }"),
    Key::optional("status", Value::Any, "Asks for the data of the task with this id.").like("\"${{ id }}\""),
    Key::optional("cancel", Value::Any, "Cancels the task with this id.").like("\"${{ id }}\""),
    Key::optional("download", Value::Any, "Asks for a file of the task with this id.").like("\"${{ id }}\""),
    Key::optional("filename", Value::Any, "The file that `download` asks for.").like("12.txt"),
    Key::optional(
        "members",
        Value::Map(&Value::Any),
        "Members put beside `auth_tkn`, or replacing what is there.",
    )
    .or("{}")
    .like("{ id: \"7\" }"),
    Key::optional("without", Value::List(&Value::Text), "Top-level members to leave out.")
        .or("[]")
        .like("[auth_tkn]"),
    Key::optional("path", Value::Text, "Replaces the operation's path.").like("/v1/orchestra/task/statu"),
];

static KEYS: [Key; OWN.len() + raw::KEYS.len()] = raw::with_shared(OWN);

/// The words of a request.
pub(super) static SHAPE: Shape =
    Shape { name: "an elma request", doc: "A call of the ELMA task queue.", keys: &KEYS };

/// The operations: word, meaning, path.
pub(super) const OPERATIONS: [(&str, Operation, &str); 4] = [
    (CREATE, Operation::Create, "/v1/orchestra/task/create"),
    ("status", Operation::Status, "/v1/orchestra/task/status"),
    ("cancel", Operation::Cancel, "/v1/orchestra/task/cancel"),
    ("download", Operation::Download, "/v1/repository/task/download"),
];

/// What a request may be asked to do.
pub(super) const ACTIONS: [&str; 6] =
    [OPERATIONS[0].0, OPERATIONS[1].0, OPERATIONS[2].0, OPERATIONS[3].0, "raw", "get"];

/// Builds a request.
pub(super) fn build(words: Words<'_>) -> Result<Call, String> {
    let action = word::only_one(words.words, &ACTIONS)?;
    refuse_strays(words.words, action)?;
    match OPERATIONS.into_iter().find(|(name, ..)| *name == action) {
        Some((_, operation, path)) => operate(words, operation, path),
        None if action == "get" => plain(words, Operation::Get, Draft::get(words.words)?),
        None => raw(words),
    }
}

fn refuse_strays(words: &Map<String, Json>, action: &str) -> Result<(), String> {
    if action != CREATE {
        word::refuse(words, &["inputs", "version", "ctx", "process", "task"], "`create`")?;
    }
    if action != "download" {
        word::refuse(words, &["filename"], "`download`")?;
    }
    if matches!(action, "raw" | "get") {
        word::refuse(words, &["members", "without", "path"], "an operation")?;
    }
    Ok(())
}

/// A call without anything that the protocol would put in.
fn plain(words: Words<'_>, operation: Operation, draft: Draft) -> Result<Call, String> {
    Ok(Call { operation, ..Call::raw(draft.finish(words.words)?) })
}

/// Where the answer could be a file it is read as one, so that bytes which were refused by name are noticed.
fn raw(words: Words<'_>) -> Result<Call, String> {
    let draft = Draft::raw(words.words, words.base, "POST")?;
    let asks_for_file = draft.url.path().trim_end_matches('/').ends_with("/download");
    plain(words, if asks_for_file { Operation::Download } else { Operation::Raw }, draft)
}

fn operate(words: Words<'_>, operation: Operation, path: &str) -> Result<Call, String> {
    let url = raw::locate(words.base, word::text(words.words, "path")?.unwrap_or(path))?;
    let sent = inputs(words)?;
    let body = body(words, operation, &sent)?;
    let filename = body.get("filename").and_then(Json::as_str).map(str::to_owned);
    let draft =
        Draft { method: "POST".to_owned(), url, headers: Headers::default(), json: Some(Json::Object(body)) };
    Ok(Call { sent, filename, ..plain(words, operation, draft)? })
}

/// The inputs that the task gets; none that could be named if `ctx` is given as it stands.
fn inputs(words: Words<'_>) -> Result<Map<String, Json>, String> {
    let given = word::mapping(words.words, "inputs")?;
    match (given, words.words.contains_key("ctx")) {
        (Some(_), true) => Err("a request cannot have both `inputs` and `ctx`".to_owned()),
        _ => Ok(given.cloned().unwrap_or_default()),
    }
}

fn body(
    words: Words<'_>,
    operation: Operation,
    sent: &Map<String, Json>,
) -> Result<Map<String, Json>, String> {
    let mut body = Map::new();
    if let Some(token) = words.credential {
        body.insert(TOKEN.to_owned(), token.expose().into());
    }
    body.append(&mut operands(words, operation, sent)?);
    body.extend(word::mapping(words.words, "members")?.cloned().unwrap_or_default());
    for name in word::list(words.words, "without")?.into_iter().flatten() {
        body.shift_remove(name.as_str().unwrap_or_default());
    }
    Ok(body)
}

/// What an operation wants besides the token. Ids go back as they came, whatever they are.
fn operands(
    words: Words<'_>,
    operation: Operation,
    sent: &Map<String, Json>,
) -> Result<Map<String, Json>, String> {
    let id = |name: &str| words.words.get(name).cloned().unwrap_or_default();
    let operands = match operation {
        Operation::Create => vec![("task", task(words, sent)?)],
        Operation::Download => {
            let named = words.words.get("filename").map(|name| ("filename", name.clone()));
            std::iter::once(("taskid", id("download"))).chain(named).collect()
        }
        Operation::Cancel => vec![("id", id("cancel"))],
        _ => vec![("id", id("status"))],
    };
    Ok(operands.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn task(words: Words<'_>, sent: &Map<String, Json>) -> Result<Json, String> {
    let process = words.words.get("process").cloned().map_or_else(|| process(words), Ok)?;
    let version = words.words.get("version").cloned().unwrap_or_else(|| json!(0));
    let context = words.words.get("ctx").cloned().unwrap_or_else(|| encode(words, sent));
    let mut task = Map::new();
    task.insert("process".to_owned(), process);
    task.insert("version".to_owned(), version);
    task.insert("ctx".to_owned(), context);
    task.extend(word::mapping(words.words, "task")?.cloned().unwrap_or_default());
    Ok(Json::Object(task))
}

fn process(words: Words<'_>) -> Result<Json, String> {
    match words.job.map(|job| (&job.entry, &job.label)) {
        Some((Entry::Process(token), _)) => Ok(token.as_str().into()),
        Some((_, label)) => Err(format!("the job `{label}` has no process")),
        None => Err(format!("`{CREATE}` names no job")),
    }
}

/// The input context is JSON inside a JSON text.
fn encode(words: Words<'_>, sent: &Map<String, Json>) -> Json {
    let mut context = sent.clone();
    if let Some((name, mark)) = words.job.and_then(|job| job.mark.clone()).zip(words.mark) {
        context.entry(name).or_insert_with(|| mark.into());
    }
    Json::String(Json::Object(context).to_string())
}

#[cfg(test)]
mod tests;
