//! The result that a client was given is the one that it reports.

use serde_json::Value;

use super::course::{Course, Exchange, Operation, Report};
use super::judging::{each, unless};
use super::{Judgement, Rule};
use crate::json;
use crate::requirement::Level;

pub(super) const RULE: Rule = Rule {
    id: "CV-OUT-3",
    level: Level::Must,
    statement: "A client that was given the result of a job reports just that.",
    clauses: &["UIP-ASYNC-16", "UIP-ASYNC-24", "UIP-ASYNC-25"],
    fix: "write the result to standard output, as JSON or as the bytes of the file, and end with status 0",
    judge,
};

fn judge(course: &Course) -> Judgement {
    let cancels = course.of(Operation::Cancel).next().is_some();
    let downloads = course.of(Operation::Download).next().is_some();
    let asked = |own: &&Exchange| !downloads || own.operation == Some(Operation::Download);
    let results = course.results().filter(|_| !course.task.fails && !cancels).filter(asked);
    let results = results.filter(|own| course.end.is_seen() && given(own).is_some());
    let mut judgement = each(results.last().into_iter(), |exchange| {
        let wanted = given(exchange).unwrap_or_default();
        let reported = course.end.report == Report::Success;
        let right = reported && is_written(exchange, &wanted, &course.end.output);
        let shown = Value::from(course.end.output.trim()).to_string();
        let actual = if reported { shown } else { "a failure".to_owned() };
        unless(right, exchange, "standard output", wanted.to_string(), actual)
    });
    // Whoever was stopped may only have been slow: nobody knows what he would have reported.
    if course.end.report == Report::Stopped {
        judgement.doubts.append(&mut judgement.deviations);
    }
    judgement
}

/// The result in an answer; of a task, only one that is done has any.
fn given(exchange: &Exchange) -> Option<Value> {
    let answer = exchange.answer.as_ref()?;
    match exchange.operation? {
        Operation::Status => answer.task_output(),
        Operation::Download => Some(Value::from(answer.body.as_str())),
        _ => answer.json(),
    }
}

/// JSON may be written in any form; a file as it is, but for a line break behind it. Of a long one only the beginning is
/// known.
fn is_written(exchange: &Exchange, wanted: &Value, output: &str) -> bool {
    let kept = exchange.answer.as_ref().is_none_or(|answer| answer.body.len() == answer.length);
    match (exchange.operation, wanted.as_str()) {
        (Some(Operation::Download), Some(file)) if kept => {
            output == file || output.strip_suffix('\n').is_some_and(|output| output == file)
        }
        (Some(Operation::Download), Some(beginning)) => output.starts_with(beginning),
        _ => serde_json::from_str(output.trim()).is_ok_and(|own| json::equal(&own, wanted)),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::sample::{Expect, course, invoke, output, poll};
    use super::*;

    #[rstest]
    #[case(Report::Success, "{ \"ok\": true }\n", Expect::Held(1))]
    #[case(Report::Success, "{\n  \"ok\": true\n}", Expect::Held(1))]
    #[case(Report::Success, "{\"state\":\"Running\"}", Expect::Violated)]
    #[case(Report::Success, "", Expect::Violated)]
    #[case(Report::Failure, "", Expect::Violated)]
    #[case(Report::Stopped, "", Expect::Doubtful)]
    fn what_was_given_is_reported(#[case] report: Report, #[case] written: &str, #[case] expected: Expect) {
        let mut course = course(vec![
            invoke().accepted(),
            poll().done(),
            output().answered(200).replying(r#"{"ok":true}"#),
        ]);
        (course.end.report, course.end.output) = (report, written.to_owned());
        expected.of(&judge(&course));
        course.exchanges.pop();
        Expect::Vacuous.of(&judge(&course));
    }
}
