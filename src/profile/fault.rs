//! `result: fault`: whether an answer is the result of a job that failed, in whatever form a protocol gives it.

use serde_json::Value;

use super::declared::{excerpt, shown};
use super::{Difference, Judged, Profile, Reading};
use crate::http::message::Response;
use crate::target::{Echoes, Job};

/// How the answer differs from a failed job's: it must be readable, not be the declared output, and hold
/// `error_contains`.
pub(super) fn compare(profile: &dyn Profile, response: &Response, judged: Judged<'_>) -> Vec<Difference> {
    let mut differences = Vec::new();
    if profile.read(response, judged) == Reading::Unreadable {
        differences.push(Difference::new("result", "fault", profile.summarize(response, judged)));
    }
    if declares_output(judged) && profile.compare_output(response, judged).is_empty() {
        differences.push(Difference::new("result", "fault", "the declared output"));
    }
    let part = judged.job.and_then(|job| job.error_contains.as_deref());
    if let Some(part) = part.filter(|part| !holds(response, part)) {
        let expected = format!("text that contains {}", shown(&part.into()));
        differences.push(Difference::new("body", expected, excerpt(response)));
    }
    differences
}

/// Whether there is anything by which an output could be told from an error.
fn declares_output(judged: Judged<'_>) -> bool {
    let declares = |job: &Job| {
        let echoes = job.echoes != Echoes::None && !judged.sent.is_empty();
        job.output.is_some() || !job.versions.is_empty() || !job.files.is_empty() || echoes
    };
    judged.job.is_some_and(declares)
}

/// Whether the text stands in the body as it is, or, with its escapes resolved, in a text of its JSON.
fn holds(response: &Response, part: &str) -> bool {
    response.text().read().is_some_and(|text| text.contains(part))
        || serde_json::from_slice(&response.body).is_ok_and(|value: Value| any_text_holds(&value, part))
}

fn any_text_holds(value: &Value, part: &str) -> bool {
    match value {
        Value::String(text) => text.contains(part),
        Value::Array(items) => items.iter().any(|item| any_text_holds(item, part)),
        Value::Object(members) => members.values().any(|member| any_text_holds(member, part)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::elma::Elma;
    use crate::profile::{Operation, sample};
    use crate::requirement::Policies;
    use crate::target::Entry;
    use rstest::rstest;
    use serde_json::{Map, json};

    #[rstest]
    #[case::in_the_log(200, json!({ "status": 200, "task": { "log": "a\n\"boom\"" } }), &[])]
    #[case::as_refusal(200, json!({ "status": 422, "error": "boom" }), &[])]
    #[case::silent(200, json!({ "status": 200, "task": {} }), &["body"])]
    #[case::no_envelope(200, json!({ "log": "boom" }), &["result"])]
    #[case::redirected(302, json!({ "status": 200, "log": "boom" }), &["result"])]
    #[case::the_output(200, json!({ "status": 200, "task": { "log": "boom", "outputCtx": "{\"a\":1}" } }), &["result"])]
    fn a_failed_task_is_known_by_its_error(
        #[case] status: u16,
        #[case] body: Value,
        #[case] places: &[&str],
    ) {
        let job = Job {
            output: Some(json!({ "a": 1 })),
            error_contains: Some("boom".to_owned()),
            ..sample::job(Entry::Process("p-1".to_owned()))
        };
        let (policies, sent) = (Policies::default(), Map::new());
        let judged = sample::judged(Operation::Status, &job, &policies, &sent);
        let found = compare(&Elma, &sample::answer(status, body.to_string()), judged);
        assert_eq!(found.iter().map(|found| found.place.as_str()).collect::<Vec<_>>(), places);
    }

    #[test]
    fn where_nothing_is_declared_any_readable_answer_may_be_the_error() {
        let job = sample::job(Entry::Process("p-1".to_owned()));
        let (policies, sent) = (Policies::default(), Map::new());
        let judged = sample::judged(Operation::Status, &job, &policies, &sent);
        assert_eq!(compare(&Elma, &sample::answer(500, "boom"), judged), []);
    }

    #[rstest]
    #[case("plain boom", true)]
    #[case(r#"{"log":["a \"boom\""]}"#, true)]
    #[case(r#"{"log":"b\u006fom"}"#, true)]
    #[case(r#"{"boo":"m"}"#, false)]
    fn an_error_is_found_behind_its_escapes(#[case] body: &str, #[case] expected: bool) {
        assert_eq!(holds(&sample::answer(500, body.to_owned()), "boom"), expected);
    }
}
