//! The bearer on every hop of a long poll, where the tenant asks for it.

use super::course::{Course, Operation};
use super::judging::{each, shown, unless};
use super::{Judgement, Rule};
use crate::requirement::Level;

pub(super) const RULE: Rule = Rule {
    id: "CV-AUTH-2",
    level: Level::Must,
    statement: "Where the tenant asks for it, the bearer is on every hop of a long poll.",
    clauses: &["UIP-SYNC-21"],
    fix: "follow redirects yourself and put the bearer on each hop: many HTTP stacks drop it",
    judge,
};

fn judge(course: &Course) -> Judgement {
    let wanted = course.bearer().filter(|_| course.task.redirects_need_credential);
    let Some(wanted) = wanted else { return Judgement::new() };
    let mut hop = 0;
    each(course.of(Operation::Wait), |exchange| {
        hop += 1;
        let actual = format!("{} on hop {hop}", shown(exchange.header("authorization")));
        unless(course.has_bearer(exchange), exchange, "header authorization", shown(Some(&wanted)), actual)
    })
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Expect, course, invoke, wait};
    use super::*;

    #[test]
    fn the_hop_where_it_vanished_is_named() {
        let mut course =
            course(vec![invoke().hop(1), wait(1).hop(2), wait(2).bare("authorization").answered(401)]);
        let judgement = judge(&course);
        assert_eq!(judgement.deviations[0].actual, "nothing on hop 2");
        course.task.redirects_need_credential = false;
        Expect::Vacuous.of(&judge(&course));
    }

    #[test]
    fn a_bearer_on_every_hop_is_right() {
        Expect::Held(2).of(&judge(&course(vec![invoke().hop(1), wait(1).hop(2), wait(2).answered(200)])));
    }
}
