//! Answers with and without what a job declares.

use rstest::rstest;
use serde_json::json;

use super::*;
use crate::profile::sample::{self, object};
use crate::requirement::Policies;
use crate::target::Entry;

fn job() -> Job {
    let file = |bytes: &[u8], size| FileFixture { sha256: sha256(bytes), size };
    Job {
        output: Some(json!({ "intvalue_out": 7 })),
        echoes: Echoes::Members(vec![
            ("text_in".to_owned(), "text_out".to_owned()),
            ("other_in".to_owned(), "other_out".to_owned()),
        ]),
        files: [("12.txt".to_owned(), file(b"twelve", Some(6))), ("any.bin".to_owned(), file(b"any", None))]
            .into(),
        ..sample::job(Entry::Process("p-1".to_owned()))
    }
}

fn done(context: &Value) -> Response {
    sample::answer(200, json!({ "status": 200, "task": { "outputCtx": context } }).to_string())
}

fn places(response: &Response, key_case: &str, job: &Job) -> Vec<String> {
    let sent = object(json!({ "text_in": "hi", "unheard_of": 1 }));
    let mut policies = Policies::default();
    policies.set("key_case", json!(key_case));
    let differences = compare(response, sample::judged(Operation::Status, job, &policies, &sent));
    differences
        .into_iter()
        .map(|found| format!("{}: {} / {}", found.place, found.expected, found.actual))
        .collect()
}

#[rstest]
#[case::exact(r#"{ "intvalue_out": 7, "text_out": "hi", "more": null }"#, &[])]
#[case::as_float("{\r\n  \"intvalue_out\": 7.0,\r\n  \"text_out\": \"hi\"\r\n}", &[])]
#[case::other_value(r#"{"intvalue_out":"7","text_out":"hi"}"#, &["/task/outputCtx/intvalue_out: 7 / \"7\""])]
#[case::no_echo(r#"{"intvalue_out":7}"#, &["/task/outputCtx/text_out: \"hi\" / absent"])]
#[case::other_case(r#"{"IntValue_out":7,"text_out":"hi"}"#, &["/task/outputCtx/intvalue_out: 7 / absent"])]
#[case::no_object("[7]", &["/task/outputCtx: text that holds a JSON object / \"[7]\""])]
#[case::no_json("seven", &["/task/outputCtx: text that holds a JSON object / \"seven\""])]
fn an_output_context_is_compared(#[case] context: &str, #[case] expected: &[&str]) {
    assert_eq!(places(&done(&json!(context)), "exact", &job()), expected);
}

#[test]
fn an_output_context_must_be_text() {
    let expected = ["/task/outputCtx: text that holds a JSON object / {\"intvalue_out\":7}"];
    assert_eq!(places(&done(&json!({ "intvalue_out": 7 })), "exact", &job()), expected);
    let missing = sample::answer(200, r#"{"status":200,"task":{}}"#);
    let expected = ["/task/outputCtx: text that holds a JSON object / absent"];
    assert_eq!(places(&missing, "exact", &job()), expected);
}

#[test]
fn a_policy_may_ignore_the_case_of_names() {
    let context = json!(r#"{"IntValue_OUT":7,"TEXT_out":"hi"}"#);
    assert_eq!(places(&done(&context), "ignore", &job()), [] as [&str; 0]);
}

#[test]
fn only_a_success_holds_an_output() {
    let context = r#"{\"intvalue_out\":7,\"text_out\":\"hi\"}"#;
    let refused = sample::answer(200, format!(r#"{{"status":404,"task":{{"outputCtx":"{context}"}}}}"#));
    assert_eq!(places(&refused, "exact", &job()), ["result: success / refused (HTTP 200, envelope 404)"]);
}

#[rstest]
#[case(r#"{"version_out":2}"#, &[])]
#[case(r#"{"version_out":1}"#, &["/task/outputCtx/version_out: 2 / 1"])]
fn the_current_version_is_the_highest(#[case] context: &str, #[case] expected: &[&str]) {
    let versions = [(1, json!({ "version_out": 1 })), (2, json!({ "version_out": 2 }))].into();
    let job = Job { versions, ..sample::job(Entry::Process("p-1".to_owned())) };
    assert_eq!(places(&done(&json!(context)), "exact", &job), expected);
}

#[rstest]
#[case::same("12.txt", "twelve", &[])]
#[case::no_size("any.bin", "any", &[])]
#[case::longer("12.txt", "twelve\n", &["6 bytes / 7 bytes", "bytes with the SHA-256"])]
#[case::other_bytes("12.txt", "TWELVE", &["bytes with the SHA-256"])]
#[case::undeclared("13.txt", "twelve", &["a file that the target file declares / \"13.txt\""])]
fn a_file_is_compared_by_its_digest(
    #[case] name: &str,
    #[case] body: &'static str,
    #[case] expected: &[&str],
) {
    let (job, policies, sent) = (job(), Policies::default(), Map::new());
    let judged = sample::judged(Operation::Download, &job, &policies, &sent);
    let found = compare(&sample::answer(200, body), Judged { filename: Some(name), ..judged });
    let found: Vec<_> = found.iter().map(|found| format!("{} / {}", found.expected, found.actual)).collect();
    assert_eq!(found.len(), expected.len());
    assert!(found.iter().zip(expected).all(|(found, start)| found.starts_with(start)), "{found:?}");
}

#[test]
fn an_envelope_is_no_file() {
    let (job, policies, sent) = (job(), Policies::default(), Map::new());
    let judged = sample::judged(Operation::Download, &job, &policies, &sent);
    let found = compare(&done(&json!("twelve")), Judged { filename: Some("12.txt"), ..judged });
    assert_eq!(found, [Difference::new("result", "success", "unreadable (HTTP 200, envelope 200)")]);
}
