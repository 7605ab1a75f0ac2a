//! The bearer on the initial call, on every poll and on the call for the output.

use super::course::{Course, Operation};
use super::judging::{each, shown, unless};
use super::{Judgement, Rule};
use crate::requirement::Level;

pub(super) const RULE: Rule = Rule {
    id: "CV-AUTH-1",
    level: Level::Must,
    statement: "The bearer is on the initial call, on every poll and on the call for the output.",
    clauses: &["UIP-GEN-02", "UIP-ASYNC-17"],
    fix: "send `Authorization: Bearer …` with every call, also where the HTTP stack follows a redirect by itself",
    judge,
};

fn judge(course: &Course) -> Judgement {
    use Operation::{Invoke, Output, Poll};
    let bound = course.here().filter(|exchange| matches!(exchange.operation, Some(Invoke | Poll | Output)));
    let Some(wanted) = course.bearer() else { return Judgement::new() };
    each(bound, |exchange| {
        let sent = shown(exchange.header("authorization"));
        unless(course.has_bearer(exchange), exchange, "header authorization", shown(Some(&wanted)), sent)
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::sample::{Expect, Sample, course, invoke, output, poll};
    use super::*;

    #[rstest]
    #[case(vec![invoke().accepted(), poll().answered(200), poll().done(), output().answered(200)], Expect::Held(4))]
    #[case(vec![invoke().bare("authorization").answered(401)], Expect::Violated)]
    #[case(vec![invoke().accepted(), poll().bare("authorization").answered(401)], Expect::Violated)]
    #[case(vec![invoke().accepted(), poll().done(), output().with("authorization", "Bearer [unknown.1]")], Expect::Violated)]
    fn every_call_carries_the_bearer(#[case] exchanges: Vec<Sample>, #[case] expected: Expect) {
        expected.of(&judge(&course(exchanges)));
    }
}
