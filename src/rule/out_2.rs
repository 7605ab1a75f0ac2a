//! An error is a result, but no success.

use super::course::{Course, Report};
use super::judging::{each, unless};
use super::{Judgement, Rule};
use crate::requirement::Level;

pub(super) const RULE: Rule = Rule {
    id: "CV-OUT-2",
    level: Level::Must,
    statement: "The error of a failed job is not reported as its output.",
    clauses: &["UIP-ASYNC-15", "UIP-SYNC-05"],
    fix: "look into the result whether it is an error, whatever its status code, and report it as a failure",
    judge,
};

fn judge(course: &Course) -> Judgement {
    let errors = course.results().filter(|_| course.task.fails && course.end.is_seen()).take(1);
    each(errors, |exchange| {
        let right = course.end.report != Report::Success;
        unless(right, exchange, "how the client ended", "a failure", "success")
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::sample::{Expect, course, invoke, output, poll};
    use super::*;

    #[rstest]
    #[case(true, Report::Failure, Expect::Held(1))]
    #[case(true, Report::Success, Expect::Violated)]
    #[case(false, Report::Success, Expect::Vacuous)]
    fn an_error_is_a_failure(#[case] fails: bool, #[case] report: Report, #[case] expected: Expect) {
        let mut course = course(vec![invoke().accepted(), poll().done(), output().answered(200)]);
        (course.task.fails, course.end.report) = (fails, report);
        expected.of(&judge(&course));
    }
}
