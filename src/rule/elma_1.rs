//! The members of the task queue's requests: a context that is a text, ids as they were given, `taskid` for files.

use serde_json::Value;

use super::course::{Course, Exchange, Operation};
use super::judging::{each, unless};
use super::{Deviation, Judgement, Rule};
use crate::requirement::Level;

pub(super) const RULE: Rule = Rule {
    id: "CV-ELMA-1",
    level: Level::Must,
    statement: "`ctx` is a text that holds JSON, ids come back as they were given, and a download says `taskid`.",
    clauses: &["ELMA-CREATE-06", "ELMA-DL-02", "AMB-E12"],
    fix: "encode the context to a text before it goes into `ctx`, send ids as numbers, and name a file's task `taskid`",
    judge,
};

fn judge(course: &Course) -> Judgement {
    let bound = course.here().filter(|exchange| exchange.operation.is_some_and(Operation::is_of_tasks));
    let bound = bound.filter(|exchange| {
        exchange.operation == Some(Operation::Create) || !given(course, exchange).is_empty()
    });
    let bound = bound.filter(|exchange| exchange.is_kept_whole());
    each(bound, |exchange| match exchange.operation {
        Some(Operation::Create) => context(exchange),
        Some(Operation::Download) => id(course, exchange, "taskid"),
        _ => id(course, exchange, "id"),
    })
}

/// A task without input may leave the context out, or empty.
fn context(create: &Exchange) -> Option<Deviation> {
    let body = create.json().unwrap_or_default();
    let sent = body.pointer("/task/ctx").unwrap_or(&Value::Null);
    let right = match sent {
        Value::Null => true,
        Value::String(text) => {
            text.is_empty() || serde_json::from_str::<Value>(text).is_ok_and(|own| own.is_object())
        }
        _ => false,
    };
    unless(right, create, "/task/ctx", "a text that holds a JSON object", sent.to_string())
}

fn id(course: &Course, exchange: &Exchange, name: &'static str) -> Option<Deviation> {
    let body = exchange.json().unwrap_or_default();
    let sent = body.get(name).unwrap_or(&Value::Null);
    let given = given(course, exchange);
    let first = given.first().cloned().unwrap_or_default();
    let right = given.contains(sent);
    let place = if name == "id" { "/id" } else { "/taskid" };
    unless(
        right,
        exchange,
        place,
        first.to_string(),
        if sent.is_null() { body.to_string() } else { sent.to_string() },
    )
}

/// The ids that the client was given before; of a task that somebody else created it was given none.
fn given(course: &Course, exchange: &Exchange) -> Vec<Value> {
    let answers = course.before(exchange).filter_map(|earlier| earlier.answer.as_ref()?.json());
    answers.filter_map(|answer| answer.pointer("/task/id").cloned()).collect()
}

impl Operation {
    fn is_of_tasks(self) -> bool {
        matches!(self, Self::Create | Self::Status | Self::Cancel | Self::Download)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::sample::{Expect, Sample, course, create, task};
    use super::*;

    fn call(operation: Operation, body: &str) -> Sample {
        task(operation, body)
    }

    #[rstest]
    #[case(vec![create(r#""{\"a\":1}""#), call(Operation::Status, r#"{"id":955}"#)], Expect::Held(2))]
    #[case(vec![create(r#""""#)], Expect::Held(1))]
    #[case(vec![create(r#"{"a":1}"#)], Expect::Violated)]
    #[case(vec![create(r#""""#), call(Operation::Status, r#"{"id":"955"}"#)], Expect::Violated)]
    #[case(vec![create(r#""""#), call(Operation::Download, r#"{"taskid":955}"#)], Expect::Held(2))]
    #[case(vec![create(r#""""#), call(Operation::Download, r#"{"id":955}"#)], Expect::Violated)]
    fn members_have_their_form(#[case] exchanges: Vec<Sample>, #[case] expected: Expect) {
        expected.of(&judge(&course(exchanges)));
    }
}
