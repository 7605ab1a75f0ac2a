//! How an answer of the ELMA task queue reads: its HTTP status and the code in its envelope, taken together.

use serde_json::{Map, Value};

use crate::http::message::Response;
use crate::profile::{Judged, Operation, Reading};
use crate::requirement::Policies;

/// Reads an answer; the first reading that fits, in the order broken, refused, success.
pub(super) fn read(response: &Response, judged: Judged<'_>) -> Reading {
    let http = i64::from(response.status);
    let code = envelope_code(&response.body);
    let envelope = code.and_then(class);
    match (class(http), envelope) {
        (Some(5), _) | (_, Some(5)) => Reading::Broken,
        (Some(4), _) | (Some(2), Some(4)) => Reading::Refused,
        (Some(2), _) if judged.operation == Operation::Download && code.is_none() => Reading::Success,
        (Some(2), _) if judged.operation == Operation::Download => Reading::Unreadable,
        (Some(2), Some(2)) if is_as_agreed(http, code, judged.policies) => Reading::Success,
        _ => Reading::Unreadable,
    }
}

/// The reading, with both codes.
pub(super) fn summarize(response: &Response, judged: Judged<'_>) -> String {
    let envelope = match envelope_code(&response.body) {
        Some(code) => format!("envelope {code}"),
        None => "no envelope".to_owned(),
    };
    format!("{} (HTTP {}, {envelope})", read(response, judged), response.status)
}

/// How the HTTP status must relate to the code in the envelope (policy `http_status`).
fn is_as_agreed(http: i64, code: Option<i64>, policies: &Policies) -> bool {
    match policies.text("http_status") {
        Some("mirror") => code == Some(http),
        Some("always_200") => http == 200,
        _ => true,
    }
}

/// The hundreds of a status code.
fn class(code: i64) -> Option<i64> {
    (100..600).contains(&code).then_some(code / 100)
}

/// An envelope is a JSON object with an integer member `status`.
fn envelope_code(body: &[u8]) -> Option<i64> {
    let members: Map<String, Value> = serde_json::from_slice(body).ok()?;
    integer(members.get("status")?)
}

/// A JSON number without a fraction, however it is written.
fn integer(value: &Value) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "a whole number of this size is a float exactly")]
    let whole = |float: f64| (float.fract() == 0.0 && float.abs() < 1e15).then_some(float as i64);
    value.as_i64().or_else(|| value.as_f64().and_then(whole))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::sample;
    use crate::target::Entry;
    use rstest::rstest;
    use serde_json::json;

    fn judge<T>(operation: Operation, policy: &str, reader: impl Fn(Judged<'_>) -> T) -> T {
        let mut policies = Policies::default();
        policies.set("http_status", json!(policy));
        let job = sample::job(Entry::Process("p-1".to_owned()));
        reader(sample::judged(operation, &job, &policies, &Map::new()))
    }

    const OBJECT: &str = r#"{"task":{}}"#;

    #[rstest]
    #[case::both_good(200, r#"{"status":200}"#, Reading::Success)]
    #[case::created(200, r#"{"status":201,"task":{}}"#, Reading::Success)]
    #[case::any_good_http(204, r#"{"status":201}"#, Reading::Success)]
    #[case::written_as_float(200, r#"{"status":201.0}"#, Reading::Success)]
    #[case::refused_by_http(404, "", Reading::Refused)]
    #[case::refused_by_http_alone(404, r#"{"status":200}"#, Reading::Refused)]
    #[case::refused_by_envelope(200, r#"{"status":403}"#, Reading::Refused)]
    #[case::broken_by_http(500, r#"{"status":200}"#, Reading::Broken)]
    #[case::broken_by_http_first(503, r#"{"status":404}"#, Reading::Broken)]
    #[case::broken_by_envelope(200, r#"{"status":500}"#, Reading::Broken)]
    #[case::broken_by_envelope_first(404, r#"{"status":500}"#, Reading::Broken)]
    #[case::redirected(303, r#"{"status":404}"#, Reading::Unreadable)]
    #[case::redirecting_envelope(200, r#"{"status":303}"#, Reading::Unreadable)]
    #[case::no_such_code(200, r#"{"status":2000}"#, Reading::Unreadable)]
    #[case::negative_code(200, r#"{"status":-200}"#, Reading::Unreadable)]
    #[case::no_member(200, OBJECT, Reading::Unreadable)]
    #[case::text_code(200, r#"{"status":"200"}"#, Reading::Unreadable)]
    #[case::fraction(200, r#"{"status":200.5}"#, Reading::Unreadable)]
    #[case::no_object(200, "[200]", Reading::Unreadable)]
    #[case::no_json(200, "<html>", Reading::Unreadable)]
    #[case::empty(200, "", Reading::Unreadable)]
    fn answers_read(#[case] status: u16, #[case] body: &'static str, #[case] expected: Reading) {
        for operation in
            [Operation::Create, Operation::Status, Operation::Cancel, Operation::Raw, Operation::Get]
        {
            let reading = judge(operation, "any", |judged| read(&sample::answer(status, body), judged));
            assert_eq!(reading, expected, "{operation:?}");
        }
    }

    #[rstest]
    #[case::file(200, "twelve", Reading::Success)]
    #[case::empty_file(200, "", Reading::Success)]
    #[case::json_file(200, OBJECT, Reading::Success)]
    #[case::envelope(200, r#"{"status":200}"#, Reading::Unreadable)]
    #[case::refused_by_http(404, "twelve", Reading::Refused)]
    #[case::refused_by_envelope(200, r#"{"status":404}"#, Reading::Refused)]
    #[case::broken_by_http(500, "twelve", Reading::Broken)]
    #[case::broken_by_envelope(200, r#"{"status":500}"#, Reading::Broken)]
    #[case::redirected(302, "twelve", Reading::Unreadable)]
    fn downloads_read(#[case] status: u16, #[case] body: &'static str, #[case] expected: Reading) {
        let reading =
            judge(Operation::Download, "mirror", |judged| read(&sample::answer(status, body), judged));
        assert_eq!(reading, expected);
    }

    #[rstest]
    #[case("any", 201, 200, Reading::Success)]
    #[case("mirror", 201, 201, Reading::Success)]
    #[case("mirror", 200, 201, Reading::Unreadable)]
    #[case("always_200", 200, 201, Reading::Success)]
    #[case("always_200", 201, 201, Reading::Unreadable)]
    #[case("always_200", 404, 404, Reading::Refused)]
    fn a_policy_may_tie_the_codes(
        #[case] policy: &str,
        #[case] http: u16,
        #[case] code: u16,
        #[case] expected: Reading,
    ) {
        let answer = sample::answer(http, format!(r#"{{"status":{code}}}"#));
        assert_eq!(judge(Operation::Create, policy, |judged| read(&answer, judged)), expected);
    }

    #[rstest]
    #[case(r#"{"status":403}"#, "refused (HTTP 200, envelope 403)")]
    #[case("hello", "unreadable (HTTP 200, no envelope)")]
    fn a_summary_shows_both_codes(#[case] body: &'static str, #[case] expected: &str) {
        let summary = judge(Operation::Status, "any", |judged| summarize(&sample::answer(200, body), judged));
        assert_eq!(summary, expected);
    }
}
