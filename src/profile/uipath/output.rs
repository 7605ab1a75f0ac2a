//! Whether an answer of an API trigger holds what the job is declared to give, and the arguments it was given.

use serde_json::{Map, Value};

use crate::http::message::Response;
use crate::profile::declared::{difference, equal, excerpt, lacking, member};
use crate::profile::{Difference, Judged, Profile, Reading, word};
use crate::target::{Echoes, Job};

/// How the answer differs from what the job is declared to give.
pub(super) fn compare(profile: &dyn Profile, response: &Response, judged: Judged<'_>) -> Vec<Difference> {
    if profile.read(response, judged) != Reading::Success {
        return vec![Difference::new("result", "success", profile.summarize(response, judged))];
    }
    let Some(job) = judged.job else { return Vec::new() };
    if job.output.is_none() && job.echoes == Echoes::None {
        return Vec::new();
    }
    match serde_json::from_slice(&response.body) {
        Ok(body) => compare_body(&body, job, judged),
        Err(_) => vec![Difference::new("body", "JSON", excerpt(response))],
    }
}

fn compare_body(body: &Value, job: &Job, judged: Judged<'_>) -> Vec<Difference> {
    let mut differences =
        job.output.as_ref().map(|declared| lacking("", declared, Some(body))).unwrap_or_default();
    if let Echoes::At(place) = &job.echoes {
        differences.extend(compare_echo(place, body.pointer(place), judged));
    }
    differences
}

/// Every argument that the scenario sent must have come back.
fn compare_echo(place: &str, echo: Option<&Value>, judged: Judged<'_>) -> Vec<Difference> {
    let Some(Value::Object(echo)) = echo else {
        return vec![difference(place, &Value::Object(judged.sent.clone()), echo)];
    };
    judged.sent.iter().flat_map(|sent| compare_argument(place, sent, echo, judged.sent_as_text)).collect()
}

/// An argument that travelled as text may have come back as text, or as what its text was taken for.
fn compare_argument(
    place: &str,
    (name, sent): (&String, &Value),
    echo: &Map<String, Value>,
    as_text: bool,
) -> Vec<Difference> {
    let actual = echo.get(name);
    let same_text = |actual: &Value| word::as_text(actual) == word::as_text(sent) || equal(actual, sent);
    match actual {
        Some(actual) if as_text && same_text(actual) => Vec::new(),
        Some(actual) if as_text => {
            vec![difference(&member(place, name), &word::as_text(sent).into(), Some(actual))]
        }
        Some(actual) if equal(sent, actual) => Vec::new(),
        actual => vec![difference(&member(place, name), sent, actual)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Operation;
    use crate::profile::sample::{self, object};
    use crate::profile::uipath::Uipath;
    use crate::requirement::Policies;
    use crate::target::Entry;
    use rstest::rstest;
    use serde_json::json;

    fn job() -> Job {
        sample::job(Entry::Trigger { path: "/t".to_owned(), verb: "GET".to_owned(), mode: String::new() })
    }

    fn places(status: u16, body: &str, job: &Job, (sent, as_text): (Value, bool)) -> Vec<String> {
        let (policies, sent) = (Policies::default(), object(sent));
        let judged = sample::judged(Operation::Get, job, &policies, &sent);
        let found = compare(
            &Uipath,
            &sample::answer(status, body.to_owned()),
            Judged { sent_as_text: as_text, ..judged },
        );
        found.iter().map(|found| format!("{}: {} / {}", found.place, found.expected, found.actual)).collect()
    }

    #[rstest]
    #[case::exact(200, r#"{"ok":true,"nested":{"n":1}}"#, &[])]
    #[case::more(201, r#"{"ok":true,"nested":{"n":1.0,"m":2},"x":null}"#, &[])]
    #[case::other(200, r#"{"ok":"true","nested":{}}"#, &["/ok: true / \"true\"", "/nested/n: 1 / absent"])]
    #[case::no_json(200, "ok", &["body: JSON / \"ok\""])]
    #[case::empty(200, "", &["body: JSON / \"\""])]
    #[case::refused(404, r#"{"ok":true,"nested":{"n":1}}"#, &["result: success / refused (HTTP 404)"])]
    #[case::redirected(303, r#"{"ok":true,"nested":{"n":1}}"#, &["result: success / unreadable (HTTP 303)"])]
    fn a_declared_output_is_compared(#[case] status: u16, #[case] body: &str, #[case] expected: &[&str]) {
        let job = Job { output: Some(json!({ "ok": true, "nested": { "n": 1 } })), ..job() };
        assert_eq!(places(status, body, &job, (json!({}), false)), expected);
    }

    #[test]
    fn without_a_declaration_success_is_enough() {
        assert_eq!(places(200, "done", &job(), (json!({ "a": 1 }), false)), [] as [&str; 0]);
    }

    #[rstest]
    #[case::same(r#"{"a":123,"b":"text","c":true}"#, &[])]
    #[case::more(r#"{"c":true,"b":"text","a":123.0,"d":1}"#, &[])]
    #[case::text(r#"{"a":"123","b":"text","c":true}"#, &["/echo/a: 123 / \"123\""])]
    #[case::lost(r#"{"a":123,"b":"text"}"#, &["/echo/c: true / absent"])]
    #[case::no_object("[]", &[r#"/echo: {"a":123,"b":"text","c":true} / []"#])]
    fn arguments_of_a_body_keep_their_kind(#[case] echo: &str, #[case] expected: &[&str]) {
        let job = Job { echoes: Echoes::At("/echo".to_owned()), ..job() };
        let sent = (json!({ "a": 123, "b": "text", "c": true }), false);
        assert_eq!(places(200, &format!(r#"{{"echo":{echo}}}"#), &job, sent), expected);
    }

    #[rstest]
    #[case::kept(json!(123), "123", &[])]
    #[case::as_text(json!(123), "\"123\"", &[])]
    #[case::as_float(json!(123), "123.0", &[])]
    #[case::truth(json!(true), "\"true\"", &[])]
    #[case::taken_for_a_number(json!("123"), "123", &[])]
    #[case::list(json!([1, "b"]), r#""[1,\"b\"]""#, &[])]
    #[case::list_kept(json!([1, "b"]), r#"[1, "b"]"#, &[])]
    #[case::other_number(json!(123), "\"124\"", &["/a: \"123\" / \"124\""])]
    #[case::other_text(json!("a b"), "\"a+b\"", &["/a: \"a b\" / \"a+b\""])]
    fn arguments_of_a_query_are_compared_as_text(
        #[case] sent: Value,
        #[case] echo: &str,
        #[case] expected: &[&str],
    ) {
        let job = Job { echoes: Echoes::At(String::new()), ..job() };
        assert_eq!(places(200, &format!(r#"{{"a":{echo}}}"#), &job, (json!({ "a": sent }), true)), expected);
    }

    #[test]
    fn an_argument_of_a_query_that_is_lost_is_named() {
        let job = Job { echoes: Echoes::At(String::new()), ..job() };
        assert_eq!(places(200, "{}", &job, (json!({ "a": 1 }), true)), ["/a: 1 / absent"]);
    }
}
