//! A look at a job that met a 502 is sent again as it was: it changes nothing.

use super::course::{Course, Exchange, Operation};
use super::judging::{each, unless};
use super::{Judgement, Rule};
use crate::requirement::Level;

pub(super) const RULE: Rule = Rule {
    id: "CV-RETRY-2",
    level: Level::Must,
    statement: "After a 502 to a poll, a wait or the call for the output, the same GET is sent again.",
    clauses: &["UIP-GEN-20", "UIP-SYNC-26"],
    fix: "after a 502 wait a little and send the same GET again; do not start over and do not give up at the first",
    judge,
};

fn judge(course: &Course) -> Judgement {
    let disturbed =
        |look: &&Exchange| look.operation.is_some_and(Operation::follows) && look.met_bad_gateway();
    let disturbed = course.here().filter(disturbed).filter(|look| course.is_told_after(look));
    each(disturbed, |look| sent_again(course, look))
}

/// What is wrong with the request after one whose answer was no answer.
pub(super) fn sent_again(course: &Course, look: &Exchange) -> Option<super::Deviation> {
    let next = course.next(look);
    let same = next.is_some_and(|next| next.method == "GET" && next.target == look.target);
    let actual = next.map_or_else(|| "no further request".to_owned(), Exchange::line);
    unless(same, look, "request after the disturbance", format!("GET {}", look.target), actual)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::sample::{Expect, Sample, course, invoke, poll, wait};
    use super::*;

    #[rstest]
    #[case(vec![invoke().accepted(), poll().bad_gateway(), poll().done()], Expect::Held(1))]
    #[case(vec![invoke().accepted(), poll().bad_gateway()], Expect::Violated)]
    #[case(vec![invoke().accepted(), poll().bad_gateway(), invoke().accepted()], Expect::Violated)]
    #[case(vec![invoke().hop(1), wait(1).bad_gateway(), wait(1).answered(200)], Expect::Held(1))]
    #[case(vec![invoke().hop(2), wait(2).bad_gateway(), wait(1).answered(200)], Expect::Violated)]
    #[case(vec![invoke().bad_gateway(), invoke().accepted()], Expect::Vacuous)]
    fn the_same_get_comes_again(#[case] exchanges: Vec<Sample>, #[case] expected: Expect) {
        expected.of(&judge(&course(exchanges)));
    }
}
