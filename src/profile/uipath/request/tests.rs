//! Every form of a call of a trigger, byte for byte.

use rstest::rstest;
use serde_json::json;

use super::*;
use crate::profile::sample::{self, object};
use crate::target::Secret;

const BASE: &str = "https://host/org/tenant/orchestrator_";
const AUTHORIZATION: &str = "Authorization: Bearer token-a\n";
const TYPE: &str = "Content-Type: application/json\n\n";

fn job(verb: &str) -> Job {
    let (path, mode) = ("/t/quick".to_owned(), "AsyncRequestReply".to_owned());
    let entry = Entry::Trigger { path, verb: verb.to_owned(), mode };
    Job { mark: Some("mark".to_owned()), ..sample::job(entry) }
}

fn call_as(words: Json, verb: &str, token: Option<&str>, mark: Option<&str>) -> Result<Call, String> {
    let (words, job, base) = (object(words), job(verb), Url::parse(BASE).unwrap());
    let credential = token.map(|token| Secret::new("uipath.owner.bearer", token));
    build(Words { credential: credential.as_ref(), mark, ..sample::words(&words, &base, &job) })
}

fn wire(words: Json, verb: &str) -> String {
    sample::wire(&call_as(words, verb, Some("token-a"), None).unwrap().request)
}

fn invocation(mut words: Json) -> Json {
    words["invoke"] = "job".into();
    words
}

#[rstest]
#[case::bare(json!({}), "{}")]
#[case::arguments(
    json!({ "arguments": { "argument1": 123, "argument2": "my string" } }),
    r#"{"argument1":123,"argument2":"my string"}"#
)]
#[case::configured_mode(json!({ "mode": "AsyncRequestReply" }), "{}")]
#[case::forced_mode(json!({ "mode": "AsyncRequestReply", "force": true }), r#"{"$callMode":"AsyncRequestReply"}"#)]
#[case::other_mode(json!({ "mode": "LongPolling", "arguments": { "a": 1 } }), r#"{"a":1,"$callMode":"LongPolling"}"#)]
#[case::no_such_mode(json!({ "mode": "asyncrequestreply" }), r#"{"$callMode":"asyncrequestreply"}"#)]
fn arguments_go_into_the_body(#[values("POST", "PUT")] verb: &str, #[case] words: Json, #[case] body: &str) {
    let expected = format!("{verb} {BASE}/t/quick\n{AUTHORIZATION}{TYPE}{body}");
    assert_eq!(wire(invocation(words), verb), expected);
}

#[rstest]
#[case::arguments(json!({ "arguments": { "n": 123 } }), "?mark=m-1", r#"{"n":123,"mark":"m-1"}"#)]
#[case::other_mode(
    json!({ "mode": "LongPolling" }),
    "?mark=m-1&%24callMode=LongPolling",
    r#"{"mark":"m-1","$callMode":"LongPolling"}"#
)]
fn what_the_harness_adds_is_in_both_places_of_a_delete(
    #[case] words: Json,
    #[case] query: &str,
    #[case] body: &str,
) {
    let call = call_as(invocation(words), "DELETE", Some("token-a"), Some("m-1")).unwrap();
    let expected = format!("DELETE {BASE}/t/quick{query}\n{AUTHORIZATION}{TYPE}{body}");
    assert_eq!(sample::wire(&call.request), expected);
}

#[rstest]
#[case::bare(json!({}), "")]
#[case::kinds(
    json!({ "arguments": { "n": 123, "t": "my string", "b": true, "o": { "x": [1] }, "z": null } }),
    "?n=123&t=my%20string&b=true&o=%7B%22x%22%3A%5B1%5D%7D&z=null"
)]
#[case::reserved(json!({ "arguments": { "a&b": "c=d+e/ä?#%" } }), "?a%26b=c%3Dd%2Be%2F%C3%A4%3F%23%25")]
#[case::configured_mode(json!({ "mode": "AsyncRequestReply" }), "")]
#[case::forced_mode(json!({ "mode": "AsyncRequestReply", "force": true }), "?%24callMode=AsyncRequestReply")]
#[case::other_mode(json!({ "mode": "FireAndForget", "arguments": { "a": 1 } }), "?a=1&%24callMode=FireAndForget")]
#[case::more(json!({ "arguments": { "a": 1 }, "query": { "b": 2 } }), "?a=1&b=2")]
fn arguments_of_a_get_go_into_the_query(#[case] words: Json, #[case] query: &str) {
    assert_eq!(wire(invocation(words), "GET"), format!("GET {BASE}/t/quick{query}\n{AUTHORIZATION}"));
}

#[rstest]
#[case::path(json!({ "path": "/t/other" }), "POST", "/t/other", "{}")]
#[case::query(json!({ "query": { "a": "b" } }), "POST", "/t/quick?a=b", "{}")]
#[case::verb(json!({ "method": "PUT" }), "PUT", "/t/quick", "{}")]
#[case::malformed(json!({ "body": "{" }), "POST", "/t/quick", "{")]
fn words_replace_parts_of_a_call(
    #[case] words: Json,
    #[case] method: &str,
    #[case] target: &str,
    #[case] body: &str,
) {
    let expected = format!("{method} {BASE}{target}\n{AUTHORIZATION}{TYPE}{body}");
    assert_eq!(wire(invocation(words), "POST"), expected);
}

#[test]
fn another_verb_is_called_in_its_own_form() {
    let words = invocation(json!({ "method": "GET", "arguments": { "a": 1 } }));
    assert_eq!(wire(words, "POST"), format!("GET {BASE}/t/quick?a=1\n{AUTHORIZATION}"));
}

#[rstest]
#[case(json!({ "get": "https://other/status/1?x=y" }), "GET https://other/status/1?x=y\nAuthorization: Bearer token-a\n")]
#[case(json!({ "raw": "/t/quick" }), "GET https://host/org/tenant/orchestrator_/t/quick\nAuthorization: Bearer token-a\n")]
#[case(
    json!({ "raw": "/t/quick", "method": "POST", "json": {} }),
    "POST https://host/org/tenant/orchestrator_/t/quick\nAuthorization: Bearer token-a\nContent-Type: application/json\n\n{}"
)]
#[case(json!({ "get": "https://host/a", "headers": { "Authorization": "Basic x" } }), "GET https://host/a\nAuthorization: Basic x\n")]
fn other_requests_carry_the_bearer_alone(#[case] words: Json, #[case] expected: &str) {
    assert_eq!(wire(words, "POST"), expected);
}

#[test]
fn nobody_sends_no_bearer() {
    let call = call_as(json!({ "get": "https://host/a" }), "POST", None, None).unwrap();
    assert!(call.request.headers.is_empty());
}

#[rstest]
#[case("POST", "Content-Type: application/json\n\n{\"a\":1,\"mark\":\"c-1\"}")]
#[case("GET", "?a=1&mark=c-1\n")]
fn the_mark_is_an_argument_that_the_scenario_did_not_send(#[case] verb: &str, #[case] part: &str) {
    let words = invocation(json!({ "arguments": { "a": 1 } }));
    let call = call_as(words, verb, None, Some("c-1")).unwrap();
    assert!(sample::wire(&call.request).contains(part));
    assert_eq!(call.sent, object(json!({ "a": 1 })));
    assert_eq!(call.sent_as_text, verb == "GET");
}

#[rstest]
#[case(json!({ "invoke": "job" }), Operation::Create, false)]
#[case(json!({ "invoke": "job", "mode": "LongPolling" }), Operation::Create, true)]
#[case(json!({ "get": "https://host/a" }), Operation::Get, true)]
#[case(json!({ "raw": "/a" }), Operation::Raw, true)]
fn a_call_knows_what_it_does(#[case] words: Json, #[case] operation: Operation, #[case] may_be_held: bool) {
    let call = call_as(words, "POST", None, None).unwrap();
    assert_eq!((call.operation, call.may_be_held), (operation, may_be_held));
}

#[rstest]
#[case(json!({ "get": "/status/1" }), "`get`: \"/status/1\" is not an absolute URL (RFC 3986)")]
#[case(json!({ "mode": "LongPolling" }), "a request needs one of `invoke`, `get`, `raw`")]
#[case(json!({ "get": "https://host/a", "mode": "LongPolling" }), "`mode` means something only beside `invoke`")]
#[case(json!({ "invoke": "job", "arguments": [1] }), "`arguments` must be a mapping, not [1]")]
fn words_that_make_no_request_are_refused(#[case] words: Json, #[case] message: &str) {
    assert_eq!(call_as(words, "POST", None, None), Err(message.to_owned()));
}

#[test]
fn a_process_is_no_trigger() {
    let (words, base) = (object(json!({ "invoke": "job" })), Url::parse(BASE).unwrap());
    let job = sample::job(Entry::Process("p-1".to_owned()));
    assert_eq!(build(sample::words(&words, &base, &job)), Err("the job `sample` has no trigger".to_owned()));
    let words = Words { job: None, ..sample::words(&words, &base, &job) };
    assert_eq!(build(words), Err("`invoke` names no job".to_owned()));
}
