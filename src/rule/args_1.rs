//! Where the arguments of a job travel: in the query of a GET, in the JSON body of any other method.

use serde_json::{Map, Value};

use super::course::{Course, Exchange, Operation};
use super::judging::{each, unless};
use super::{Deviation, Judgement, Rule};
use crate::requirement::Level;

pub(super) const RULE: Rule = Rule {
    id: "CV-ARGS-1",
    level: Level::DerivedMust,
    statement: "A GET carries its arguments in the query, without body and `Content-Type`; others carry them as JSON.",
    clauses: &["UIP-GEN-08", "UIP-GEN-10", "UIP-GEN-14"],
    fix: "put arguments into the query of a GET, and into a JSON body labelled `application/json` of any other method",
    judge,
};

fn judge(course: &Course) -> Judgement {
    let known = course.task.arguments.is_object();
    let bound = course.of(Operation::Invoke).filter(|call| known || carries_arguments(call));
    let bound = bound.filter(|call| call.is_kept_whole());
    each(bound, |call| if call.method == "GET" { in_query(course, call) } else { in_body(course, call) })
}

fn in_query(course: &Course, call: &Exchange) -> Option<Deviation> {
    let bare = call.length == 0 && call.header("content-type").is_none();
    let (_, query) = call.target.split_once('?').unwrap_or_default();
    let sent = |(name, value): (&String, &Value)| {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let decoded = |part: &str| {
            percent_encoding::percent_decode_str(&part.replace('+', " ")).decode_utf8_lossy().into_owned()
        };
        query
            .split('&')
            .filter_map(|entry| entry.split_once('='))
            .any(|(own, own_value)| decoded(own) == *name && decoded(own_value) == text)
    };
    let all = arguments(course).iter().all(sent);
    let actual = format!("{} with a body of {} bytes", call.line(), call.length);
    unless(bare && all, call, "arguments", "all of them in the query, no body, no content-type", actual)
}

fn in_body(course: &Course, call: &Exchange) -> Option<Deviation> {
    let labelled = call.header("content-type").is_some_and(is_json);
    let body = call.json();
    let sent =
        |(name, value): (&String, &Value)| body.as_ref().and_then(|body| body.get(name)) == Some(value);
    let object = call.length == 0 || body.as_ref().is_some_and(Value::is_object);
    let all = object && arguments(course).iter().all(sent);
    let actual = format!("{:?} labelled {:?}", call.body, call.header("content-type").unwrap_or_default());
    unless(
        labelled && all,
        call,
        "arguments",
        "all of them in a JSON object labelled \"application/json\"",
        actual,
    )
}

/// Whether this media type is that of JSON, whatever its case and its parameters.
fn is_json(media_type: &str) -> bool {
    media_type.split(';').next().is_some_and(|own| own.trim().eq_ignore_ascii_case("application/json"))
}

/// Where nobody knows the arguments, their form tells whether they are where they belong.
fn carries_arguments(call: &Exchange) -> bool {
    call.length > 0 || (call.method == "GET" && call.target.contains('?'))
}

fn arguments(course: &Course) -> Map<String, Value> {
    course.task.arguments.as_object().cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::super::sample::{Expect, Sample, course, invoke};
    use super::*;

    fn get(target: &str) -> Sample {
        invoke().method("GET").target(target).bare("content-type").body("")
    }

    #[rstest]
    #[case(invoke().body(r#"{"text":"a b","$callMode":"AsyncRequestReply"}"#), Expect::Held(1))]
    #[case(invoke().body(r#"{"text":"a b"}"#).with("content-type", "Application/JSON; charset=UTF-8"), Expect::Held(1))]
    #[case(invoke().body(r#"{"text":"a b"}"#).with("content-type", "application/jsonp"), Expect::Violated)]
    #[case(invoke().body(r#"{"text":"a b"}"#).bare("content-type"), Expect::Violated)]
    #[case(invoke().body(r#"{"inputArguments":{"text":"a b"}}"#), Expect::Violated)]
    #[case(get("/t/echo?text=a%20b"), Expect::Held(1))]
    #[case(get("/t/echo?text=a+b"), Expect::Held(1))]
    #[case(get("/t/echo"), Expect::Violated)]
    #[case(get("/t/echo?text=a%20b").with("content-type", "application/json"), Expect::Violated)]
    fn arguments_travel_where_they_belong(#[case] call: Sample, #[case] expected: Expect) {
        let mut course = course(vec![call]);
        course.task.arguments = json!({ "text": "a b" });
        expected.of(&judge(&course));
    }
}
