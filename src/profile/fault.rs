//! `result: fault`: whether an answer is the result of a job that failed, in whatever form a protocol gives it.

use serde_json::Value;

use super::declared::{excerpt, shown};
use super::{Difference, Judged, Profile, Reading};
use crate::http::message::{Response, readable};
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
    if let Some(part) = part.filter(|part| !holds(&response.body, part)) {
        let expected = format!("text that contains {}", shown(&part.into()));
        differences.push(Difference::new("body", expected, excerpt(&response.body)));
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
fn holds(body: &[u8], part: &str) -> bool {
    readable(body).contains(part)
        || serde_json::from_slice(body).is_ok_and(|value: Value| any_text_holds(&value, part))
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
    use rstest::rstest;

    #[rstest]
    #[case("plain boom", true)]
    #[case(r#"{"log":["a \"boom\""]}"#, true)]
    #[case(r#"{"log":"b\u006fom"}"#, true)]
    #[case(r#"{"boo":"m"}"#, false)]
    fn an_error_is_found_behind_its_escapes(#[case] body: &str, #[case] expected: bool) {
        assert_eq!(holds(body.as_bytes(), "boom"), expected);
    }
}
