//! Which `Location` a client goes on from: the latest, with its query.

use super::course::{Course, Exchange, Operation};
use super::judging::{each, unless};
use super::{Judgement, Rule};
use crate::requirement::Level;

pub(super) const RULE: Rule = Rule {
    id: "CV-LOC-2",
    level: Level::Must,
    statement: "After each redirect a client goes on from the newest `Location`, with its query.",
    clauses: &["UIP-SYNC-20"],
    fix: "replace the URL that you ask for by the `Location` of each new redirect, query and all",
    judge,
};

fn judge(course: &Course) -> Judgement {
    let after_redirect = |exchange: &&Exchange| {
        let mut earlier = course.before(exchange).filter(|earlier| earlier.reference().is_some());
        earlier.next().is_some_and(Exchange::was_redirected)
    };
    let bound = course.here().filter(after_redirect).filter(|exchange| is_bound(course, exchange));
    each(bound, |exchange| {
        let newest = course.newest_reference(exchange);
        let expected = newest.map_or_else(String::new, |url| format!("GET {}", url.request_target()));
        unless(exchange.url() == newest, exchange, "request target", expected, exchange.line())
    })
}

/// A call that goes where the newest reference leads, where an older one led, or to the path of the newest alone.
fn is_bound(course: &Course, exchange: &Exchange) -> bool {
    let (Some(own), Some(newest)) = (exchange.url(), course.newest_reference(exchange)) else { return false };
    own.path() == newest.path() || (course.was_led(exchange) && exchange.operation != Some(Operation::Poll))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::sample::{Expect, Sample, course, invoke, output, poll, wait};
    use super::*;

    #[rstest]
    #[case(vec![invoke().hop(1), wait(1).hop(2), wait(2).answered(200)], Expect::Held(2))]
    #[case(vec![invoke().hop(1), wait(1).hop(2), wait(1).hop(2)], Expect::Violated)]
    #[case(vec![invoke().hop(1), wait(1).target("/t/jobs/1/wait").hop(2)], Expect::Violated)]
    #[case(vec![invoke().accepted(), poll().done(), poll().done()], Expect::Vacuous)]
    #[case(vec![invoke().accepted(), poll().done(), output().answered(200)], Expect::Held(1))]
    fn an_old_reference_is_not_used_again(#[case] exchanges: Vec<Sample>, #[case] expected: Expect) {
        expected.of(&judge(&course(exchanges)));
    }
}
