//! A refusal, or no answer at all, is no result.

use super::course::{Course, Exchange, Operation, Report};
use super::judging::{each, unless};
use super::{Judgement, Rule};
use crate::requirement::Level;

pub(super) const RULE: Rule = Rule {
    id: "CV-OUT-4",
    level: Level::Must,
    statement: "A client whose last call was refused, or of whose job nobody knows, reports no success.",
    clauses: &["UIP-ASYNC-06", "UIP-GEN-17"],
    fix: "look at the status of every answer: an error ends the job for you without a result, unless you may ask again",
    judge,
};

fn judge(course: &Course) -> Judgement {
    let unsuccessful = course.exchanges.last().filter(|last| is_no_answer(last));
    let unsuccessful = unsuccessful.filter(|_| course.end.is_seen() && course.results().next().is_none());
    each(unsuccessful.into_iter(), |last| {
        let right = course.end.report != Report::Success;
        unless(right, last, "how the client ended", "a failure", "success")
    })
}

/// Where nothing is served, a refusal tells nothing of the job.
fn is_no_answer(last: &Exchange) -> bool {
    let is_about_it = last.operation.map_or(last.elsewhere, |operation| operation != Operation::Cancel);
    is_about_it && last.status().is_none_or(|status| status >= 400)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::sample::{Expect, Sample, course, invoke, output, poll};
    use super::*;

    #[rstest]
    #[case(vec![invoke().accepted(), poll().answered(404)], Report::Failure, Expect::Held(1))]
    #[case(vec![invoke().accepted(), poll().answered(404)], Report::Success, Expect::Violated)]
    #[case(vec![invoke().bad_gateway()], Report::Success, Expect::Violated)]
    #[case(vec![invoke().lost()], Report::Success, Expect::Violated)]
    #[case(vec![invoke().accepted(), poll().answered(200)], Report::Success, Expect::Vacuous)]
    #[case(vec![invoke().accepted(), poll().done(), output().answered(500)], Report::Success, Expect::Vacuous)]
    fn a_refusal_is_no_success(
        #[case] exchanges: Vec<Sample>,
        #[case] report: Report,
        #[case] expected: Expect,
    ) {
        let mut course = course(exchanges);
        course.end.report = report;
        expected.of(&judge(&course));
    }
}
