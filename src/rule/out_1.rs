//! A result that came in part is none.

use super::course::{Course, Exchange, Operation, Report};
use super::judging::{each, unless};
use super::{Judgement, Rule};
use crate::requirement::Level;

pub(super) const RULE: Rule = Rule {
    id: "CV-OUT-1",
    level: Level::Must,
    statement: "A result that was cut short is not taken for the whole.",
    clauses: &["UIP-ASYNC-13"],
    fix: "compare the length of the body with `Content-Length`, and fetch a result again that came in part",
    judge,
};

fn judge(course: &Course) -> Judgement {
    let cut = |exchange: &&Exchange| {
        let may_carry = matches!(
            exchange.operation,
            Some(Operation::Output | Operation::Wait | Operation::Download | Operation::Status)
        );
        may_carry && exchange.answer.is_some() && exchange.was_lost() && !exchange.met_bad_gateway()
    };
    let whole_later = |exchange: &Exchange| {
        course.after(exchange).any(|later| course.results().any(|own| own.number == later.number))
    };
    let known = |exchange: &&Exchange| course.end.is_seen() || whole_later(exchange);
    each(course.here().filter(cut).filter(known), |exchange| {
        let right = whole_later(exchange) || course.end.report != Report::Success;
        unless(
            right,
            exchange,
            "body",
            "another call for the whole, or a failure",
            "success with what there was",
        )
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::sample::{Expect, Sample, course, invoke, output, poll};
    use super::*;

    fn cut(more: &[Sample]) -> Vec<Sample> {
        [&[invoke().accepted(), poll().done(), output().answered(200).cut()], more].concat()
    }

    #[rstest]
    #[case(cut(&[]), Report::Failure, Expect::Held(1))]
    #[case(cut(&[output().answered(200)]), Report::Success, Expect::Held(1))]
    #[case(cut(&[]), Report::Success, Expect::Violated)]
    #[case(vec![invoke().accepted(), poll().done(), output().answered(200)], Report::Success, Expect::Vacuous)]
    fn a_part_is_not_the_whole(
        #[case] exchanges: Vec<Sample>,
        #[case] report: Report,
        #[case] expected: Expect,
    ) {
        let mut course = course(exchanges);
        course.end.report = report;
        expected.of(&judge(&course));
    }
}
