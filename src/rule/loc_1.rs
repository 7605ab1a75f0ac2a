//! Where the URIs of a job come from: out of an answer, not out of the client's head.

use super::course::{Course, Exchange, Operation};
use super::judging::{each, unless};
use super::loc_3::{is_unusual, resembles};
use super::{Judgement, Rule};
use crate::requirement::Level;

pub(super) const RULE: Rule = Rule {
    id: "CV-LOC-1",
    level: Level::Must,
    statement: "Status and output URIs are taken from `Location`, and never built.",
    clauses: &["UIP-ASYNC-03", "UIP-ASYNC-12", "UIP-ASYNC-16"],
    fix: "keep the `Location` of the answer as it is, and ask for just that: its form is the server's own affair",
    judge,
};

/// What comes of an unusual reference, and what loses a part of one, has rules of its own.
fn judge(course: &Course) -> Judgement {
    let follows = |exchange: &&Exchange| exchange.operation.is_none_or(Operation::follows);
    let led = course.here().filter(follows).filter(|exchange| is_bound(course, exchange));
    each(led, |exchange| {
        let newest = course.newest_reference(exchange);
        let expected = newest.map_or_else(String::new, |url| format!("GET {}", url.request_target()));
        unless(course.was_led(exchange), exchange, "request target", expected, exchange.line())
    })
}

fn is_bound(course: &Course, exchange: &Exchange) -> bool {
    let Some(newest) = course.newest_reference(exchange) else { return false };
    let mut answers = course.before(exchange).filter(|earlier| earlier.reference().is_some());
    let misread = answers
        .next()
        .is_some_and(|earlier| earlier.reference().is_some_and(is_unusual) && resembles(exchange, earlier));
    let same_path = exchange.url().is_some_and(|url| url.path() == newest.path());
    course.was_led(exchange) || !(misread || same_path)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::sample::{Expect, STATUS, Sample, course, invoke, nowhere, output, poll};
    use super::*;

    #[rstest]
    #[case(vec![invoke().accepted(), poll().answered(200), poll().done(), output().answered(200)], Expect::Held(3))]
    #[case(vec![invoke().accepted(), nowhere("/t/echo/status/1").answered(404)], Expect::Violated)]
    #[case(vec![invoke().answered(202), nowhere("/t/echo/status/1").answered(404)], Expect::Vacuous)]
    #[case(vec![invoke().answered(202).leading_to(STATUS), nowhere(&format!("/t/x{STATUS}"))], Expect::Vacuous)]
    fn a_uri_is_not_made_up(#[case] exchanges: Vec<Sample>, #[case] expected: Expect) {
        expected.of(&judge(&course(exchanges)));
    }
}
