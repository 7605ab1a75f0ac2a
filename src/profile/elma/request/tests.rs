//! Every form of an elma request, byte for byte.

use rstest::rstest;

use super::*;
use crate::http::message::Url;
use crate::profile::sample::{self, object};
use crate::target::{Job, Secret};

const HEAD: &str = "POST http://host:48080/v1/orchestra/task/";
const TYPE: &str = "Content-Type: application/json\n\n";

fn job() -> Job {
    Job { mark: Some("mark_in".to_owned()), ..sample::job(Entry::Process("p-1".to_owned())) }
}

fn call(words: Json, token: Option<&str>, mark: Option<&str>) -> Result<Call, String> {
    let (words, job) = (object(words), job());
    let base = Url::parse("http://host:48080").unwrap();
    let credential = token.map(|token| Secret::new("elma.owner.token", token));
    build(Words { credential: credential.as_ref(), mark, ..sample::words(&words, &base, &job) })
}

fn wire(words: Json) -> String {
    sample::wire(&call(words, Some("token-a"), None).unwrap().request)
}

#[rstest]
#[case::bare(json!({}), r#"{"process":"p-1","version":0,"ctx":"{}"}"#)]
#[case::inputs(
    json!({ "inputs": { "text_in": "a \"b\"\n", "n": 1.0 } }),
    r#"{"process":"p-1","version":0,"ctx":"{\"text_in\":\"a \\\"b\\\"\\n\",\"n\":1.0}"}"#
)]
#[case::version(json!({ "version": 2 }), r#"{"process":"p-1","version":2,"ctx":"{}"}"#)]
#[case::context(json!({ "ctx": { "a": 1 } }), r#"{"process":"p-1","version":0,"ctx":{"a":1}}"#)]
#[case::empty_context(json!({ "ctx": "" }), r#"{"process":"p-1","version":0,"ctx":""}"#)]
#[case::null_context(json!({ "ctx": null }), r#"{"process":"p-1","version":0,"ctx":null}"#)]
#[case::process(json!({ "process": "p-2" }), r#"{"process":"p-2","version":0,"ctx":"{}"}"#)]
#[case::whole_record(
    json!({ "task": { "id": 0, "bot": null, "version": "1" } }),
    r#"{"process":"p-1","version":"1","ctx":"{}","id":0,"bot":null}"#
)]
fn a_task_is_created_with(#[case] mut words: Json, #[case] task: &str) {
    words["create"] = "job".into();
    assert_eq!(wire(words), format!("{HEAD}create\n{TYPE}{{\"auth_tkn\":\"token-a\",\"task\":{task}}}"));
}

#[rstest]
#[case::status(json!({ "status": 955 }), "orchestra/task/status", r#""id":955"#)]
#[case::verbatim(json!({ "status": "0955" }), "orchestra/task/status", r#""id":"0955""#)]
#[case::cancel(json!({ "cancel": 955 }), "orchestra/task/cancel", r#""id":955"#)]
#[case::download(
    json!({ "download": 717, "filename": "12.txt" }),
    "repository/task/download",
    r#""taskid":717,"filename":"12.txt""#
)]
#[case::no_filename(json!({ "download": 717 }), "repository/task/download", r#""taskid":717"#)]
#[case::members(json!({ "status": 1, "members": { "id": 2, "x": null } }), "orchestra/task/status", r#""id":2,"x":null"#)]
#[case::renamed(
    json!({ "download": 1, "filename": "a", "without": ["taskid"], "members": { "id": 1 } }),
    "repository/task/download",
    r#""filename":"a","id":1"#
)]
#[case::path(json!({ "download": 1, "path": "/v1/orchestra/task/download" }), "orchestra/task/download", r#""taskid":1"#)]
fn an_operation_sends(#[case] words: Json, #[case] path: &str, #[case] members: &str) {
    let expected = format!("POST http://host:48080/v1/{path}\n{TYPE}{{\"auth_tkn\":\"token-a\",{members}}}");
    assert_eq!(wire(words), expected);
}

#[rstest]
#[case::anonymous(json!({ "status": 1 }), None)]
#[case::left_out(json!({ "status": 1, "without": ["auth_tkn"] }), Some("token-a"))]
fn the_token_can_be_left_out(#[case] words: Json, #[case] token: Option<&str>) {
    let request = call(words, token, None).unwrap().request;
    assert_eq!(sample::wire(&request), format!("{HEAD}status\n{TYPE}{{\"id\":1}}"));
}

#[test]
fn the_mark_is_an_input_that_the_scenario_did_not_send() {
    let call = call(json!({ "create": "job", "inputs": { "a": 1 } }), None, Some("c-1")).unwrap();
    assert!(sample::wire(&call.request).contains(r#""ctx":"{\"a\":1,\"mark_in\":\"c-1\"}""#));
    assert_eq!(call.sent, object(json!({ "a": 1 })));
}

#[rstest]
#[case(json!({ "create": "job" }), Operation::Create, None)]
#[case(json!({ "status": 1 }), Operation::Status, None)]
#[case(json!({ "cancel": 1 }), Operation::Cancel, None)]
#[case(json!({ "download": 1, "filename": "a" }), Operation::Download, Some("a"))]
#[case(json!({ "raw": "/v1/orchestra/task/download/" }), Operation::Download, None)]
#[case(json!({ "raw": "/v1/orchestra/task/create" }), Operation::Raw, None)]
#[case(json!({ "get": "http://host/a" }), Operation::Get, None)]
fn a_call_knows_what_it_does(
    #[case] words: Json,
    #[case] operation: Operation,
    #[case] filename: Option<&str>,
) {
    let call = call(words, None, None).unwrap();
    assert_eq!((call.operation, call.filename.as_deref()), (operation, filename));
}

#[rstest]
#[case(json!({ "raw": "/v1/x", "json": { "a": 1 } }), "POST http://host:48080/v1/x\nContent-Type: application/json\n\n{\"a\":1}")]
#[case(json!({ "raw": "/v1/x", "method": "GET" }), "GET http://host:48080/v1/x\n")]
#[case(json!({ "get": "https://other/a?b" }), "GET https://other/a?b\n")]
fn nothing_is_added_to_a_plain_request(#[case] words: Json, #[case] expected: &str) {
    assert_eq!(wire(words), expected);
}

#[rstest]
#[case(json!({ "create": "job", "inputs": {}, "ctx": "" }), "a request cannot have both `inputs` and `ctx`")]
#[case(json!({ "create": "job", "status": 1 }), "a request cannot have both `create` and `status`")]
#[case(json!({ "inputs": {} }), "a request needs one of `create`, `status`, `cancel`, `download`, `raw`, `get`")]
#[case(json!({ "status": 1, "inputs": {} }), "`inputs` means something only beside `create`")]
#[case(json!({ "status": 1, "filename": "a" }), "`filename` means something only beside `download`")]
#[case(json!({ "raw": "/a", "without": ["auth_tkn"] }), "`without` means something only beside an operation")]
#[case(json!({ "status": 1, "path": "v1" }), "the path \"v1\" must begin with `/`")]
fn words_that_make_no_request_are_refused(#[case] words: Json, #[case] message: &str) {
    assert_eq!(call(words, None, None), Err(message.to_owned()));
}

#[test]
fn a_trigger_is_no_process() {
    let (words, base) = (object(json!({ "create": "job" })), Url::parse("http://host").unwrap());
    let trigger = Entry::Trigger { path: "/t".to_owned(), verb: "GET".to_owned(), mode: String::new() };
    let job = sample::job(trigger);
    assert_eq!(build(sample::words(&words, &base, &job)), Err("the job `sample` has no process".to_owned()));
}
