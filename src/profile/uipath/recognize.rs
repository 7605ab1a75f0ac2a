//! What a call of an API trigger says in the words of scenarios: the way back from a request.

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

use super::request::{CALL_MODE, INVOKE, takes_body};
use crate::http::message::Request;
use crate::profile::{Operation, Recognized, raw};
use crate::target::{Entry, Job, Protocol};

/// What stands before the token in the header `Authorization`.
const SCHEME: &str = "bearer ";

/// Methods with which somebody may mean to call a trigger; others ask about it.
const CALLING: [&str; 5] = ["GET", "POST", "PUT", "DELETE", "PATCH"];

/// The words of a request; none if it is neither the call of a prepared trigger nor a plain read.
pub(super) fn recognize<'t>(request: &Request, protocol: &'t Protocol) -> Option<Recognized<'t>> {
    if let Some(job) = called(request, protocol).filter(|_| CALLING.contains(&request.method.as_str())) {
        return Some(Recognized {
            operation: Operation::Create,
            job: Some(job),
            words: invocation(request, job),
        });
    }
    let reads = request.method == "GET" && request.body.is_none();
    let words = Map::from_iter([("get".to_owned(), request.url.as_str().into())]);
    reads.then_some(Recognized { operation: Operation::Get, job: None, words })
}

/// The token of whoever calls.
pub(super) fn credential(request: &Request) -> Option<String> {
    let value = request.headers.first("authorization")?;
    let (scheme, token) = value.split_at_checked(SCHEME.len())?;
    scheme.eq_ignore_ascii_case(SCHEME).then(|| token.trim().to_owned())
}

/// The trigger with this path; with this verb, too, if there is one.
fn called<'t>(request: &Request, protocol: &'t Protocol) -> Option<&'t Job> {
    let of_path = |job: &&Job| match &job.entry {
        Entry::Trigger { path, .. } => {
            raw::locate(&protocol.base, path).is_ok_and(|url| url.path() == request.url.path())
        }
        Entry::Process(_) => false,
    };
    let mut found = protocol.jobs.entries.iter().filter(of_path).collect::<Vec<_>>();
    found.sort_by_key(|job| job.verb() != Some(request.method.as_str()));
    found.into_iter().next()
}

fn invocation(request: &Request, job: &Job) -> Map<String, Value> {
    let mut words = Map::from_iter([(INVOKE.to_owned(), job.label.as_str().into())]);
    if job.verb() != Some(request.method.as_str()) {
        words.insert("method".to_owned(), request.method.as_str().into());
    }
    let query = entries(request.url.query().unwrap_or_default());
    if !takes_body(&request.method) {
        put_members(&mut words, query, job);
        return words;
    }
    match raw::json_object(request) {
        Some(members) => put_members(&mut words, members, job),
        None => put_mode(&mut words, None, job),
    }
    if !query.is_empty() {
        words.insert("query".to_owned(), Value::Object(query));
    }
    words
}

/// The mode and the arguments, which travel together.
fn put_members(words: &mut Map<String, Value>, mut members: Map<String, Value>, job: &Job) {
    put_mode(words, members.shift_remove(CALL_MODE), job);
    if !members.is_empty() {
        words.insert("arguments".to_owned(), Value::Object(members));
    }
}

/// The mode is always named, so that whoever reads the words need not know how the trigger is configured.
fn put_mode(words: &mut Map<String, Value>, sent: Option<Value>, job: &Job) {
    let default = job.default_mode().unwrap_or_default();
    let is_forced = sent.as_ref().is_some_and(|mode| mode == default);
    words.insert("mode".to_owned(), sent.unwrap_or_else(|| default.into()));
    if is_forced {
        words.insert("force".to_owned(), json!(true));
    }
}

/// The entries of a query, decoded; they are texts, whatever they look like.
fn entries(query: &str) -> Map<String, Value> {
    let decode = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decode(name), decode(value).into()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::message::{Headers, Url};
    use crate::profile::sample::{self, object};
    use crate::profile::{Profile as _, Words, uipath::Uipath};
    use crate::target::testing::protocol;
    use rstest::rstest;

    const JOBS: &str = "
    quick: { path: /t/quick, verb: POST, mode: AsyncRequestReply, kind: echo }
    read:  { path: /t/read, verb: GET, mode: LongPolling, kind: echo }
";

    #[rstest]
    #[case(json!({ "invoke": "quick", "mode": "AsyncRequestReply" }))]
    #[case(json!({ "invoke": "quick", "mode": "AsyncRequestReply", "force": true }))]
    #[case(json!({ "invoke": "quick", "mode": "FireAndForget", "arguments": { "a": 1, "b": [null] } }))]
    #[case(json!({ "invoke": "quick", "mode": "LongPolling", "method": "PUT", "query": { "c": "d e" } }))]
    #[case(json!({ "invoke": "read", "mode": "LongPolling", "arguments": { "a": "ä&=+ 1" } }))]
    #[case(json!({ "invoke": "read", "mode": "FireAndForget" }))]
    #[case(json!({ "get": "http://host/base/t/jobs/17?a=b" }))]
    fn words_that_were_sent_are_recognized(#[case] words: Value) {
        let (protocol, words) = (protocol("uipath", JOBS), object(words));
        let job = words.get("invoke").and_then(|label| protocol.jobs.get(label.as_str().unwrap()));
        let sent = Words { job, ..sample::words_of_nothing(&words, &protocol.base) };
        let request = Uipath.build(sent).unwrap().request;
        let recognized = recognize(&request, &protocol).unwrap();
        assert_eq!(Value::Object(recognized.words), Value::Object(words.clone()));
        assert_eq!(recognized.job.map(|job| &job.label), job.map(|job| &job.label));
    }

    #[rstest]
    #[case("Bearer abc", Some("abc"))]
    #[case("bearer  abc ", Some("abc"))]
    #[case("Basic abc", None)]
    #[case("Bear", None)]
    fn the_token_stands_behind_its_scheme(#[case] value: &str, #[case] expected: Option<&str>) {
        let mut headers = Headers::default();
        headers.push("authorization", value);
        let url = Url::parse("http://host/").unwrap();
        let request = Request { method: "GET".to_owned(), url, headers, body: None };
        assert_eq!(credential(&request).as_deref(), expected);
    }
}
