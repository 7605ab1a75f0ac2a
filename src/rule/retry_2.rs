//! A look at a job that met a 502 is sent again as it was: it changes nothing.

use super::course::{Course, Exchange, Operation};
use super::judging::{each, unless};
use super::{Judgement, Rule};
use crate::requirement::Level;

pub(super) const RULE: Rule = Rule {
    id: "CV-RETRY-2",
    level: Level::DerivedShould,
    statement: "After a 502 to a poll, a wait or the call for the output, a client asks for the job again.",
    clauses: &["UIP-GEN-19", "UIP-GEN-20", "UIP-SYNC-26"],
    fix: "after a 502 wait a little and send the same GET again: it changes nothing, and the next one works",
    judge,
};

fn judge(course: &Course) -> Judgement {
    let disturbed =
        |look: &&Exchange| look.operation.is_some_and(Operation::follows) && look.met_bad_gateway();
    let disturbed = course.here().filter(disturbed).filter(|look| course.is_told_after(look));
    each(disturbed.filter(|look| is_bound(course, look)), |look| sent_again(course, look))
}

/// Who starts the job again breaks another rule.
pub(super) fn is_bound(course: &Course, look: &Exchange) -> bool {
    course.next(look).is_none_or(|next| next.operation != Some(Operation::Invoke))
}

/// What is wrong with the request after one whose answer was no answer. Who leaves redirects to the HTTP stack asks where
/// those began.
pub(super) fn sent_again(course: &Course, look: &Exchange) -> Option<super::Deviation> {
    let next = course.next(look);
    let again = |next: &Exchange| next.operation.is_some_and(Operation::follows) && course.was_led(next);
    let same = next.is_some_and(|next| next.method == "GET" && (next.target == look.target || again(next)));
    let actual = next.map_or_else(|| "no further request".to_owned(), Exchange::line);
    unless(same, look, "request after the disturbance", format!("GET {}", look.target), actual)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::sample::{Expect, Sample, course, invoke, output, poll, wait};
    use super::*;

    #[rstest]
    #[case(vec![invoke().accepted(), poll().bad_gateway(), poll().done()], Expect::Held(1))]
    #[case(vec![invoke().accepted(), poll().bad_gateway()], Expect::Violated)]
    #[case(vec![invoke().accepted(), poll().bad_gateway(), invoke().accepted()], Expect::Vacuous)]
    #[case(vec![invoke().accepted(), poll().done(), output().bad_gateway(), poll().done()], Expect::Held(1))]
    #[case(vec![invoke().hop(1), wait(1).bad_gateway(), wait(1).answered(200)], Expect::Held(1))]
    #[case(vec![invoke().hop(2), wait(2).bad_gateway(), wait(1).answered(200)], Expect::Violated)]
    #[case(vec![invoke().hop(1), wait(1).hop(2), wait(2).bad_gateway(), wait(1).hop(2)], Expect::Held(1))]
    #[case(vec![invoke().bad_gateway(), invoke().accepted()], Expect::Vacuous)]
    fn the_same_get_comes_again(#[case] exchanges: Vec<Sample>, #[case] expected: Expect) {
        expected.of(&judge(&course(exchanges)));
    }
}
