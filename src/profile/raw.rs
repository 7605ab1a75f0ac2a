//! The words that the requests of every protocol share: `raw, get, method, headers, body, json, content_type`.
//!
//! Knows no protocol: what a protocol puts into a request comes in as a [`Draft`], and the words have the last say.

use bytes::Bytes;
use serde_json::{Map, Value as Json};

use super::word;
use crate::http::message::{Headers, Request, Url};
use crate::yaml::{Key, Rule, Value};

const JSON_TYPE: &str = "application/json";

const ACTIONS: &[Key] = &[
    Key::optional("raw", Value::Text, "Sends to this path below the target's base, or to this absolute URL.")
        .like("/health"),
    Key::optional("get", Value::Text, "Reads this absolute URI, as the server gave it.")
        .like("\"${{ status_uri }}\""),
    Key::optional("method", Value::Text, "Replaces the method.").like("PUT"),
];

/// The shared words that say what a request carries.
pub(super) const MESSAGE: &[Key] = &[
    Key::optional("headers", Value::Map(&Value::Scalar), "Headers to send besides, or instead, by name.")
        .or("{}")
        .like("{ Prefer: respond-async }"),
    Key::optional("json", Value::Any, "Replaces the whole body by this value, as JSON.")
        .like("{ seconds: 3 }"),
    Key::optional("body", Value::Text, "Replaces the whole body by this text, whatever it is.")
        .like("\"<order seconds='3'/>\""),
    Key::optional("content_type", Value::Text, "Replaces the `Content-Type`; `none` sends none.")
        .like("application/merge-patch+json"),
];

/// The shared words.
pub(super) const KEYS: &[Key] = &joined::<{ ACTIONS.len() + MESSAGE.len() }>(ACTIONS, MESSAGE);

/// A protocol's own words, followed by the shared ones.
pub(super) const fn with_shared<const N: usize>(own: &[Key]) -> [Key; N] {
    joined(own, KEYS)
}

/// The words of one table, followed by those of another.
pub(super) const fn joined<const N: usize>(first: &[Key], second: &[Key]) -> [Key; N] {
    let mut keys = [const { Key::optional("", Value::Any, "") }; N];
    let mut at = 0;
    while at < N {
        keys[at] = if at < first.len() { first[at] } else { second[at - first.len()] };
        at += 1;
    }
    keys
}

/// A request has one body.
pub(super) fn one_body() -> Rule {
    Rule::AtMostOne(vec!["json", "body"])
}

/// A request as the protocol wants it.
pub(super) struct Draft {
    pub(super) method: String,
    pub(super) url: Url,
    pub(super) headers: Headers,
    pub(super) json: Option<Json>,
}

impl Draft {
    /// `raw:` with the protocol's usual method; nothing but the shared words decides what is sent.
    pub(super) fn raw(words: &Map<String, Json>, base: &Url, method: &str) -> Result<Self, String> {
        let place = word::text(words, "raw")?.unwrap_or_default();
        let url = if place.starts_with("http://") || place.starts_with("https://") {
            parse("raw", place)?
        } else {
            locate(base, place)?
        };
        Ok(Self { method: method.to_owned(), url, headers: Headers::default(), json: None })
    }

    /// `get:`.
    pub(super) fn get(words: &Map<String, Json>) -> Result<Self, String> {
        let url = parse("get", word::text(words, "get")?.unwrap_or_default())?;
        Ok(Self { method: "GET".to_owned(), url, headers: Headers::default(), json: None })
    }

    /// The request, after the shared words have replaced what they name.
    pub(super) fn finish(self, words: &Map<String, Json>) -> Result<Request, String> {
        let method = word::text(words, "method")?.map_or(self.method, str::to_owned);
        let body = replaced_body(words)?.or(self.json.map(|json| json.to_string().into()));
        let mut headers = self.headers;
        let fallback = body.as_ref().map(|_| JSON_TYPE);
        if let Some(media_type) =
            word::text(words, "content_type")?.or(fallback).filter(|&text| text != "none")
        {
            headers.push("Content-Type", media_type);
        }
        for (name, value) in word::mapping(words, "headers")?.into_iter().flatten() {
            headers.remove(name);
            headers.push(name.as_str(), word::as_text(value));
        }
        Ok(Request { method, url: self.url, headers, body })
    }
}

fn replaced_body(words: &Map<String, Json>) -> Result<Option<Bytes>, String> {
    match (word::text(words, "body")?, words.get("json")) {
        (Some(_), Some(_)) => Err("a request cannot have both `body` and `json`".to_owned()),
        (Some(text), None) => Ok(Some(Bytes::copy_from_slice(text.as_bytes()))),
        (None, json) => Ok(json.map(|json| json.to_string().into())),
    }
}

/// The URL of a path below the base. Nothing is normalised, because wrong paths are sent on purpose.
pub(super) fn locate(base: &Url, path: &str) -> Result<Url, String> {
    if !path.starts_with('/') {
        return Err(format!("the path {} must begin with `/`", Json::from(path)));
    }
    let base = base.as_str();
    let text = format!("{}{path}", base.strip_suffix('/').unwrap_or(base));
    let explain =
        |reason| format!("the path {} makes {}, which {reason}", Json::from(path), Json::from(&*text));
    Url::parse(&text).map_err(explain)
}

/// The body, if it is a JSON object.
pub(super) fn json_object(request: &Request) -> Option<Map<String, Json>> {
    serde_json::from_slice(request.body.as_deref()?).ok()
}

fn parse(word: &str, text: &str) -> Result<Url, String> {
    Url::parse(text).map_err(|reason| format!("`{word}`: {} {reason}", Json::from(text)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::sample::{self, object};
    use rstest::rstest;
    use serde_json::json;

    fn sent(words: Json) -> Result<String, String> {
        let words = object(words);
        let base = Url::parse("http://host/base/").unwrap();
        Ok(sample::wire(&Draft::raw(&words, &base, "POST")?.finish(&words)?))
    }

    #[rstest]
    #[case::alone(json!({ "raw": "/a?b=c" }), "POST http://host/base/a?b=c\n")]
    #[case::absolute(json!({ "raw": "https://other/a" }), "POST https://other/a\n")]
    #[case::method(json!({ "raw": "/a", "method": "PUT" }), "PUT http://host/base/a\n")]
    #[case::json(
        json!({ "raw": "/a", "json": { "b": [1, null] } }),
        "POST http://host/base/a\nContent-Type: application/json\n\n{\"b\":[1,null]}"
    )]
    #[case::body(
        json!({ "raw": "/a", "body": "{\"b\": " }),
        "POST http://host/base/a\nContent-Type: application/json\n\n{\"b\": "
    )]
    #[case::empty_body(json!({ "raw": "/a", "body": "" }), "POST http://host/base/a\nContent-Type: application/json\n\n")]
    #[case::no_type(json!({ "raw": "/a", "json": 1, "content_type": "none" }), "POST http://host/base/a\n\n1")]
    #[case::other_type(
        json!({ "raw": "/a", "json": 1, "content_type": "text/plain" }),
        "POST http://host/base/a\nContent-Type: text/plain\n\n1"
    )]
    #[case::headers(
        json!({ "raw": "/a", "json": 1, "headers": { "X-A": 7, "content-type": "b" } }),
        "POST http://host/base/a\nX-A: 7\ncontent-type: b\n\n1"
    )]
    fn the_shared_words_decide_what_is_sent(#[case] words: Json, #[case] expected: &str) {
        assert_eq!(sent(words).as_deref(), Ok(expected));
    }

    #[rstest]
    #[case(json!({ "raw": "a" }), "the path \"a\" must begin with `/`")]
    #[case(json!({ "raw": "/a b" }), "the path \"/a b\" makes \"http://host/base/a b\", which is not an absolute URL (RFC 3986)")]
    #[case(json!({ "raw": "http://" }), "`raw`: \"http://\" names no host")]
    #[case(json!({ "raw": "/a", "body": "", "json": 1 }), "a request cannot have both `body` and `json`")]
    fn words_that_make_no_request_are_refused(#[case] words: Json, #[case] message: &str) {
        assert_eq!(sent(words), Err(message.to_owned()));
    }

    #[test]
    fn own_words_stand_before_the_shared_ones() {
        const OWN: &[Key] = &[Key::optional("own", Value::Text, "Own.")];
        const ALL: [Key; OWN.len() + KEYS.len()] = with_shared(OWN);
        let names: Vec<_> = ALL.iter().map(|key| key.name).collect();
        assert_eq!(names[0], "own");
        assert_eq!(names[1..], KEYS.iter().map(|key| key.name).collect::<Vec<_>>());
    }
}
