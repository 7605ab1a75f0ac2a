//! One recorded exchange in the words of its profile, or why it cannot be said in them.

use serde_json::{Map, Value};

use super::tape::Taped;
use crate::http::message::{Answer, Request, Response};
use crate::outcome::failure;
use crate::profile::{Call, Files, Operation, Profile, Words};
use crate::scenario::UNREGISTERED_PRINCIPALS;
use crate::target::{Job, Principal, Protocol, Secret};

/// An exchange that a scenario can repeat.
#[derive(Debug, Clone)]
pub(super) struct Line<'a> {
    /// As it went through the proxy.
    pub taped: &'a Taped,
    /// The answer.
    pub response: &'a Response,
    /// The job that it creates.
    pub job: Option<&'a Job>,
    /// The words of the request; the one that creates holds the job's label.
    pub words: Map<String, Value>,
    /// Who sent it.
    pub principal: String,
    /// The request that these words make, and what it does.
    pub call: Call,
}

impl Line<'_> {
    /// What it does.
    pub(super) fn operation(&self) -> Operation {
        self.call.operation
    }

    /// A word of the request that is text.
    pub(super) fn word(&self, name: &str) -> Option<&str> {
        self.words.get(name)?.as_str()
    }

    /// Where the answer leads.
    pub(super) fn location(&self) -> Option<String> {
        let text = self.response.headers.first("location")?;
        let url = self.taped.exchange.request.url.resolve(&text).ok()?;
        Some(url.without_fragment().as_str().to_owned())
    }
}

/// Reads an exchange; the error says what it was and why it is left out.
pub(super) fn read<'a>(
    taped: &'a Taped,
    profile: &dyn Profile,
    protocol: &'a Protocol,
) -> Result<Line<'a>, String> {
    let request = &taped.exchange.request;
    let response = match &taped.exchange.answer {
        Answer::Response(response) => response,
        Answer::None(why) => {
            return Err(format!("{} got no answer: {}", name(request), failure::describe(why)));
        }
    };
    let said = say(request, profile, protocol);
    let strange = || {
        format!(
            "{}, answered {}, is no call that `{}` has words for",
            name(request),
            response.status,
            profile.name()
        )
    };
    let (job, words, call) = said.ok_or_else(strange)?;
    let (principal, _) = who(profile.credential(request), protocol);
    Ok(Line { taped, response, job, words, principal, call })
}

/// A request in a message.
pub(super) fn name(request: &Request) -> String {
    format!("{} {}", request.method, request.url.path())
}

type Said<'a> = (Option<&'a Job>, Map<String, Value>, Call);

/// The words, and the request that they make: the same one, as far as it matters.
fn say<'a>(request: &Request, profile: &dyn Profile, protocol: &'a Protocol) -> Option<Said<'a>> {
    let recognized = profile.recognize(request, protocol)?;
    let (_, secret) = who(profile.credential(request), protocol);
    let build = |words: &Map<String, Value>| {
        let (base, job, credential) = (&protocol.base, recognized.job, secret.as_ref());
        let words = Words { words, base, job, credential, carrier: None, mark: None, files: &Files::none() };
        profile.build(words).ok()
    };
    let mut words = recognized.words.clone();
    let draft = build(&words)?;
    correct(&mut words, &draft.request, request)?;
    let call = build(&words)?;
    Some((recognized.job, words, call))
}

/// Who sends this credential; one that the target file does not know is none of its secrets, but still one.
pub(super) fn who(credential: Option<String>, protocol: &Protocol) -> (String, Option<Secret>) {
    let [anonymous, unknown] = UNREGISTERED_PRINCIPALS;
    let Some(token) = credential else { return (anonymous.to_owned(), None) };
    let known = protocol.principals.iter().find_map(|(name, principal)| match principal {
        Principal::Known(secret) if secret.expose() == token => Some((name.clone(), secret.clone())),
        Principal::Known(_) | Principal::Absent => None,
    });
    let (name, secret) = known.unwrap_or_else(|| (unknown.to_owned(), Secret::new(unknown, &token)));
    (name, Some(secret))
}

/// Adds what the words of the profile leave out of the body: then they send it as it stands.
fn correct(words: &mut Map<String, Value>, draft: &Request, sent: &Request) -> Option<()> {
    let body = |request: &Request| request.body.clone().unwrap_or_default();
    let json = |request: &Request| serde_json::from_slice::<Value>(&body(request)).ok();
    let (drafted, given) = (json(draft), json(sent));
    let differs = given.as_ref().map(opened) != drafted.as_ref().map(opened);
    if let Some(value) = given.filter(|_| differs) {
        words.insert("json".to_owned(), value);
    } else if differs || drafted.is_none() && body(draft) != body(sent) {
        words.insert("body".to_owned(), String::from_utf8(body(sent).to_vec()).ok()?.into());
    }
    let (usual, own) = (media_type(draft), media_type(sent));
    if usual != own {
        words.insert("content_type".to_owned(), own.unwrap_or_else(|| "none".to_owned()).into());
    }
    Some(())
}

/// The media type without its parameters: a character set changes nothing in JSON.
fn media_type(request: &Request) -> Option<String> {
    let value = request.headers.first("content-type")?;
    Some(value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
}

/// The value with JSON inside its texts opened: blanks in there say nothing.
fn opened(value: &Value) -> Value {
    match value {
        Value::String(text) if text.trim_start().starts_with('{') => {
            serde_json::from_str(text).unwrap_or_else(|_| value.clone())
        }
        Value::Array(items) => items.iter().map(opened).collect(),
        Value::Object(members) => {
            Value::Object(members.iter().map(|(name, value)| (name.clone(), opened(value))).collect())
        }
        other => other.clone(),
    }
}
