//! How a client of API triggers asks: the trigger's verb, arguments in the body or the query, a bearer token.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value as Json};

use crate::http::message::{Headers, Request, Url};
use crate::profile::raw::{self, Draft};
use crate::profile::{Call, Operation, Words, word};
use crate::target::{Entry, Job};
use crate::yaml::{Key, Shape, Value};

/// The word that invokes a trigger.
pub(super) const INVOKE: &str = "invoke";

const OWN: &[Key] = &[
    Key::optional(INVOKE, Value::Text, "Invokes the trigger of the job with this alias.").like("sleep"),
    Key::optional(
        "mode",
        Value::Scalar,
        "The call mode; sent only where the trigger is configured with another.",
    )
    .like("LongPolling"),
    Key::optional("force", Value::Bool, "Sends the call mode even if the trigger is configured with it.")
        .or("no")
        .like("yes"),
    Key::optional("arguments", Value::Map(&Value::Any), "The job's arguments, by name.")
        .or("{}")
        .like("{ text: hello }"),
    Key::optional("query", Value::Map(&Value::Any), "Entries added to the query, by name.")
        .or("{}")
        .like("{ page: 2 }"),
    Key::optional("path", Value::Text, "Replaces the trigger's path.").like("/t/none"),
];

static KEYS: [Key; OWN.len() + raw::KEYS.len()] = raw::with_shared(OWN);

/// The words of a request.
pub(super) static SHAPE: Shape =
    Shape { name: "a uipath request", doc: "A call of an API trigger, or of a URI it gave.", keys: &KEYS };

/// The member or query entry that forces a mode.
pub(super) const CALL_MODE: &str = "$callMode";

/// The mode in which calls are held.
pub(super) const HELD: &str = "LongPolling";

/// Everything but RFC 3986's unreserved characters is escaped in names and values of a query.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What a request may be asked to do.
pub(super) const ACTIONS: [&str; 3] = [INVOKE, "get", "raw"];

/// Builds a request.
pub(super) fn build(words: Words<'_>) -> Result<Call, String> {
    let action = word::only_one(words.words, &ACTIONS)?;
    if action != INVOKE {
        word::refuse(words.words, &["mode", "force", "arguments", "path"], "`invoke`")?;
    }
    match action {
        INVOKE => invoke(words),
        "get" => plain(words, Operation::Get, Draft::get(words.words)?),
        _ => plain(words, Operation::Raw, Draft::raw(words.words, words.base, "GET")?),
    }
}

/// A call that carries nothing for a job. What it calls may be a status URI of a held call.
fn plain(words: Words<'_>, operation: Operation, draft: Draft) -> Result<Call, String> {
    Ok(Call { operation, may_be_held: true, ..Call::raw(finish(words, draft)?) })
}

/// The request, with the extra query entries and the credential of whoever calls.
fn finish(words: Words<'_>, mut draft: Draft) -> Result<Request, String> {
    if let Some(entries) = word::mapping(words.words, "query")? {
        draft.url = with_query(&draft.url, entries)?;
    }
    if let Some(token) = words.credential {
        draft.headers.push("Authorization", format!("Bearer {}", token.expose()));
    }
    draft.finish(words.words)
}

fn invoke(words: Words<'_>) -> Result<Call, String> {
    let job = words.job.ok_or_else(|| format!("`{INVOKE}` names no job"))?;
    let Entry::Trigger { path, verb, mode } = &job.entry else {
        return Err(format!("the job `{}` has no trigger", job.label));
    };
    let method = word::text(words.words, "method")?.unwrap_or(verb);
    let url = raw::locate(words.base, word::text(words.words, "path")?.unwrap_or(path))?;
    let sent = word::mapping(words.words, "arguments")?.cloned().unwrap_or_default();
    let added = added(words, job, mode, &sent)?;
    let sent_as_text = !takes_body(method);
    let mut members = sent.clone();
    members.extend(added.clone());
    let (url, json) = match method {
        _ if sent_as_text => (with_query(&url, &members)?, None),
        // The description does not say where this verb carries its parameters.
        "DELETE" => (with_query(&url, &added)?, Some(Json::Object(members))),
        _ => (url, Some(Json::Object(members))),
    };
    let draft = Draft { method: method.to_owned(), url, headers: Headers::default(), json };
    let may_be_held = words.words.get("mode").map_or(mode == HELD, |mode| mode == HELD);
    Ok(Call { sent, sent_as_text, may_be_held, ..plain(words, Operation::Create, draft)? })
}

/// Whether arguments travel in the body; another verb is called in the form that fits it.
pub(super) fn takes_body(method: &str) -> bool {
    matches!(method, "POST" | "PUT" | "DELETE" | "PATCH")
}

/// What goes along with the arguments: the job's mark, and the mode where the trigger is not configured with it.
fn added(
    words: Words<'_>,
    job: &Job,
    default_mode: &str,
    sent: &Map<String, Json>,
) -> Result<Map<String, Json>, String> {
    let mut members = Map::new();
    if let Some((name, mark)) = job.mark.clone().zip(words.mark).filter(|(name, _)| !sent.contains_key(name))
    {
        members.insert(name, mark.into());
    }
    let force = word::flag(words.words, "force")?;
    if let Some(mode) = words.words.get("mode").filter(|mode| force || *mode != default_mode) {
        members.insert(CALL_MODE.to_owned(), mode.clone());
    }
    Ok(members)
}

/// The URL with these entries at the end of its query.
fn with_query(url: &Url, entries: &Map<String, Json>) -> Result<Url, String> {
    let escape = |text: &str| utf8_percent_encode(text, ESCAPED).to_string();
    let added: Vec<String> = entries
        .iter()
        .map(|(name, value)| format!("{}={}", escape(name), escape(&word::as_text(value))))
        .collect();
    if added.is_empty() {
        return Ok(url.clone());
    }
    let separator = if url.query().is_some() { '&' } else { '?' };
    let text = format!("{}{separator}{}", url.without_fragment(), added.join("&"));
    Url::parse(&text).map_err(|reason| format!("{} {reason}", Json::from(text)))
}

#[cfg(test)]
mod tests;
