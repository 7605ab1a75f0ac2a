//! What goes on the wire for the words of a step.

use rstest::rstest;
use serde_json::json;

use super::*;
use crate::http::message::Url;
use crate::profile::Files;
use crate::profile::sample::{self, object};
use crate::target::{Carrier, Secret};

fn files() -> Files {
    [("movie.bin".to_owned(), "0123456789".into()), ("doc/a.txt".to_owned(), "hello".into())]
        .into_iter()
        .collect()
}

fn sent_by(words: Json, carrier: Option<&Carrier>) -> Result<String, String> {
    let (words, files) = (object(words), files());
    let base = Url::parse("http://host/api").unwrap();
    let secret = Secret::new("http.owner", "s e:cret");
    let credential = carrier.map(|_| &secret);
    let words = Words { files: &files, credential, carrier, ..sample::words_of_nothing(&words, &base) };
    Ok(sample::wire(&build(words)?.request))
}

fn sent(words: Json) -> Result<String, String> {
    sent_by(words, None)
}

#[rstest]
#[case::path(json!({ "get": "/jobs" }), "GET http://host/api/jobs\n")]
#[case::given(json!({ "head": "http://other/jobs/1?a" }), "HEAD http://other/jobs/1?a\n")]
#[case::any_method(json!({ "raw": "/jobs", "method": "PURGE" }), "PURGE http://host/api/jobs\n")]
#[case::gaps(
    json!({ "delete": "/jobs/{id}/{part}", "path": { "id": "a/b ü", "part": 7 } }),
    "DELETE http://host/api/jobs/a%2Fb%20%C3%BC/7\n"
)]
#[case::query(
    json!({ "get": "/jobs?x=1", "query": { "wait": "5s", "tag": ["a&b", true] } }),
    "GET http://host/api/jobs?x=1&wait=5s&tag=a%26b&tag=true\n"
)]
#[case::json(
    json!({ "post": "/jobs", "json": { "a": 1 } }),
    "POST http://host/api/jobs\nContent-Type: application/json\n\n{\"a\":1}"
)]
#[case::text(
    json!({ "put": "/jobs", "body": "<a/>", "content_type": "application/xml" }),
    "PUT http://host/api/jobs\nContent-Type: application/xml\n\n<a/>"
)]
#[case::form(
    json!({ "post": "/token", "form": { "grant type": "a b", "scope": ["x", "y"] } }),
    "POST http://host/api/token\nContent-Type: application/x-www-form-urlencoded\n\ngrant%20type=a%20b&scope=x&scope=y"
)]
#[case::file(
    json!({ "patch": "/up", "file": "movie.bin", "content_type": "none" }),
    "PATCH http://host/api/up\n\n0123456789"
)]
#[case::part_of_a_file(
    json!({ "patch": "/up", "file": { "name": "movie.bin", "offset": 4, "length": 3 } }),
    "PATCH http://host/api/up\nContent-Type: application/octet-stream\n\n456"
)]
#[case::rest_of_a_file(
    json!({ "patch": "/up", "file": { "name": "movie.bin", "offset": 8 } }),
    "PATCH http://host/api/up\nContent-Type: application/octet-stream\n\n89"
)]
#[case::parts(
    json!({ "post": "/up", "multipart": { "title": "x", "data": { "file": "doc/a.txt", "type": "text/plain" } } }),
    "POST http://host/api/up\nContent-Type: multipart/form-data; boundary=orchspec-7d1f3b0a5c9e4268\n\n\
     --orchspec-7d1f3b0a5c9e4268\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nx\r\n\
     --orchspec-7d1f3b0a5c9e4268\r\nContent-Disposition: form-data; name=\"data\"; filename=\"a.txt\"\r\n\
     Content-Type: text/plain\r\n\r\nhello\r\n--orchspec-7d1f3b0a5c9e4268--\r\n"
)]
#[case::headers(
    json!({ "post": "/jobs", "headers": { "Prefer": "respond-async" } }),
    "POST http://host/api/jobs\nPrefer: respond-async\n"
)]
fn the_words_decide_what_is_sent(#[case] words: Json, #[case] expected: &str) {
    assert_eq!(sent(words).as_deref(), Ok(expected));
}

#[rstest]
#[case::bearer(Carrier::Bearer, "GET http://host/api/a\nAuthorization: Bearer s e:cret\n")]
#[case::basic(Carrier::Basic { user: "me".to_owned() }, "GET http://host/api/a\nAuthorization: Basic bWU6cyBlOmNyZXQ=\n")]
#[case::header(Carrier::Header { name: "X-Key".to_owned() }, "GET http://host/api/a\nX-Key: s e:cret\n")]
#[case::query(Carrier::Query { name: "key".to_owned() }, "GET http://host/api/a?key=s%20e%3Acret\n")]
#[case::by_hand(Carrier::ByHand, "GET http://host/api/a\n")]
#[case::member(Carrier::Json { name: "key".to_owned() }, "GET http://host/api/a\n")]
fn a_credential_travels_as_the_target_file_says(#[case] carrier: Carrier, #[case] expected: &str) {
    assert_eq!(sent_by(json!({ "get": "/a" }), Some(&carrier)).as_deref(), Ok(expected));
}

#[rstest]
#[case(json!({ "post": "/a", "json": { "b": 1 } }), "{\"b\":1,\"key\":\"s e:cret\"}")]
#[case(json!({ "post": "/a", "json": { "key": "own" } }), "{\"key\":\"own\"}")]
#[case(json!({ "post": "/a", "json": [1] }), "[1]")]
fn a_member_is_added_to_an_object(#[case] words: Json, #[case] body: &str) {
    let carrier = Carrier::Json { name: "key".to_owned() };
    let wire = sent_by(words, Some(&carrier)).unwrap();
    assert_eq!(wire.rsplit('\n').next(), Some(body));
}

#[rstest]
#[case(json!({ "get": "/a", "post": "/b" }), "a request cannot have both `get` and `post`")]
#[case(json!({ "raw": "/a" }), "`raw` needs a `method` beside it")]
#[case(json!({ "get": "/a", "method": "PUT" }), "`method` means something only beside `raw`")]
#[case(json!({ "get": "/{id}" }), "nothing fills `{id}`: write `path: { id: … }`")]
#[case(json!({ "get": "/a", "path": { "id": 1 } }), "`path` has a value for `id`, and \"/a\" has no `{id}`")]
#[case(json!({ "get": "jobs" }), "the path \"jobs\" must begin with `/`")]
#[case(json!({ "get": "http://" }), "`get`: \"http://\" names no host")]
#[case(json!({ "post": "/a", "json": 1, "form": {} }), "a request cannot have both `json` and `form`")]
#[case(json!({ "post": "/a", "file": "none" }), "the suite has no file `none`")]
#[case(
    json!({ "post": "/a", "file": { "name": "movie.bin", "offset": 8, "length": 3 } }),
    "the file has 10 bytes, and 3 from byte 8 are more"
)]
#[case(json!({ "get": "/a", "hold": "long" }), "`hold` must be a duration such as `30s`, not \"long\"")]
#[case(
    json!({ "post": "/a", "file": { "name": "movie.bin", "offset": 11 } }),
    "the file has 10 bytes, and none from byte 11"
)]
#[case(json!({ "get": "/a", "query": { "b": { "c": 1 } } }), "`b` in `query` must be text, a number or a truth value, not {\"c\":1}")]
#[case(json!({ "get": "/{b}", "path": { "b": [1] } }), "`b` in `path` must be text, a number or a truth value, not [1]")]
#[case(json!({ "get": "/a", "headers": { "b": [1] } }), "`b` in `headers` must be text, a number or a truth value, not [1]")]
#[case(json!({ "post": "/a", "multipart": { "b": [1] } }), "`b` in `multipart` must be text, a number or a truth value, not [1]")]
#[case(
    json!({ "get": "/a", "headers": { "X-Key": "b\r\nX-Other: c" } }),
    "the value of the header `X-Key` holds a line break or a control character"
)]
#[case(json!({ "raw": "/a", "method": "P UT" }), "\"P UT\" is no method: it is one word of letters, digits and a few signs")]
fn words_that_make_no_request_are_refused(#[case] words: Json, #[case] message: &str) {
    assert_eq!(sent(words), Err(message.to_owned()));
}

#[test]
fn only_a_read_may_be_sent_again() {
    let operation = |words: Json| {
        let (words, base) = (object(words), Url::parse("http://host").unwrap());
        build(sample::words_of_nothing(&words, &base)).unwrap().operation
    };
    assert_eq!(operation(json!({ "get": "/a" })), Operation::Get);
    assert_eq!(operation(json!({ "post": "/a" })), Operation::Raw);
    assert_eq!(operation(json!({ "get": "/a", "body": "" })), Operation::Raw);
}
