//! What a step of an own suite sends: a method, a place, and what goes with it.

use serde_json::{Map, Value as Json};

use super::{content, credential, head, place};
use crate::clock::parse_duration;
use crate::http::message::{Headers, Request};
use crate::profile::{Call, Operation, Words, raw, word};
use crate::yaml::{Key, Shape, TIME, Value};

const FILE: Value = Value::AnyOf(&[Value::Text, Value::Object(&content::FILE)]);

const PART: Value = Value::AnyOf(&[Value::Scalar, Value::Object(&content::PART)]);

const OWN: &[Key] = &[
    Key::optional(
        "get",
        Value::Text,
        "Gets this path below the target's base, or this URL as the server gave it.",
    )
    .like("\"/jobs/{id}\""),
    Key::optional("head", Value::Text, "The same with `HEAD`.").like("\"${{ upload }}\""),
    Key::optional("post", Value::Text, "The same with `POST`.").like("/jobs"),
    Key::optional("put", Value::Text, "The same with `PUT`.").like("\"/files/{name}\""),
    Key::optional("patch", Value::Text, "The same with `PATCH`.").like("\"${{ upload }}\""),
    Key::optional("delete", Value::Text, "The same with `DELETE`.").like("\"${{ job }}\""),
    Key::optional("options", Value::Text, "The same with `OPTIONS`.").like("/jobs"),
    Key::optional("raw", Value::Text, "The same with whatever `method` says.").like("/cache"),
    Key::optional("method", Value::Text, "The method of `raw`.").like("PURGE"),
    Key::optional(
        "path",
        Value::Map(&Value::Scalar),
        "What stands for each `{name}` of the place, percent-encoded.",
    )
    .or("{}")
    .like("{ id: \"${{ id }}\" }"),
    Key::optional(
        "query",
        Value::Map(&Value::OneOrMore(&Value::Scalar)),
        "Entries added to the query, percent-encoded; a list stands for several of one name.",
    )
    .or("{}")
    .like("{ state: [queued, running], limit: 5 }"),
    Key::optional(
        "hold",
        TIME,
        "How long the server may hold the answer because the request says so, as with `?wait=30s`.",
    )
    .like("30s"),
    Key::optional(
        "form",
        Value::Map(&Value::OneOrMore(&Value::Scalar)),
        "Sends these entries as `application/x-www-form-urlencoded`.",
    )
    .like("{ user: ann, scope: jobs }"),
    Key::optional(
        "multipart",
        Value::Map(&PART),
        "Sends these parts as `multipart/form-data`: a value, or `{ file, type }`.",
    )
    .like("{ note: hello, data: { file: order.csv, type: text/csv } }"),
    Key::optional("file", FILE, "Sends the bytes of a file below the suite's `files/`, or a part of them.")
        .like("{ name: order.csv, offset: 0, length: 1024 }"),
];

static KEYS: [Key; OWN.len() + raw::MESSAGE.len()] = raw::joined(OWN, raw::MESSAGE);

/// The words of a request.
pub(super) static SHAPE: Shape =
    Shape { name: "an http request", doc: "A request of an asynchronous HTTP API.", keys: &KEYS };

/// The words that say what is done, each with its method; `raw` names its own.
pub(super) const ACTIONS: [(&str, Option<&str>); 8] = [
    ("get", Some("GET")),
    ("head", Some("HEAD")),
    ("post", Some("POST")),
    ("put", Some("PUT")),
    ("patch", Some("PATCH")),
    ("delete", Some("DELETE")),
    ("options", Some("OPTIONS")),
    ("raw", None),
];

/// Builds a request.
pub(super) fn build(words: Words<'_>) -> Result<Call, String> {
    let names = ACTIONS.map(|(name, _)| name);
    let action = word::only_one(words.words, &names)?;
    let method = head::method(method(words.words, action)?)?;
    let url = place::locate(words, action)?;
    let body = content::build(words)?;
    let mut headers = Headers::default();
    let media_type =
        word::text(words.words, "content_type")?.or(body.as_ref().map(content::Content::media_type));
    if let Some(media_type) = media_type.filter(|text| *text != "none") {
        head::header("Content-Type", media_type)?;
        headers.push("Content-Type", media_type);
    }
    let mut request = Request { method, url, headers, body: body.map(content::Content::into_bytes) };
    credential::attach(&mut request, words)?;
    for (name, value) in word::mapping(words.words, "headers")?.into_iter().flatten() {
        let text = word::single("headers", name, value)?;
        head::header(name, &text)?;
        request.headers.remove(name);
        request.headers.push(name.as_str(), text);
    }
    let operation =
        if request.method == "GET" && request.body.is_none() { Operation::Get } else { Operation::Raw };
    Ok(Call { operation, held_for: held_for(words.words)?, ..Call::raw(request) })
}

fn method(words: &Map<String, Json>, action: &str) -> Result<String, String> {
    let fixed = ACTIONS.iter().find(|(name, _)| *name == action).and_then(|(_, method)| *method);
    if fixed.is_some() {
        word::refuse(words, &["method"], "`raw`")?;
    }
    let method = fixed.map_or_else(|| word::text(words, "method"), |method| Ok(Some(method)))?;
    method.map(str::to_owned).ok_or_else(|| "`raw` needs a `method` beside it".to_owned())
}

fn held_for(words: &Map<String, Json>) -> Result<Option<std::time::Duration>, String> {
    let Some(text) = word::text(words, "hold")? else { return Ok(None) };
    let read = parse_duration(text).map(Some);
    read.ok_or_else(|| format!("`hold` must be a duration such as `30s`, not {}", Json::from(text)))
}

#[cfg(test)]
mod tests;
