//! A connection that breaks while a call is held: the same GET goes out again.

use super::course::{Course, Exchange, Operation};
use super::judging::each;
use super::retry_2::{is_bound, sent_again};
use super::{Judgement, Rule};
use crate::requirement::Level;

pub(super) const RULE: Rule = Rule {
    id: "CV-CONN-1",
    level: Level::DerivedShould,
    statement: "After a connection that broke during a hold, a client asks for the job again.",
    clauses: &["UIP-SYNC-26"],
    fix: "ask the last `Location` again when a held connection breaks: the job goes on without you",
    judge,
};

fn judge(course: &Course) -> Judgement {
    let broken = |wait: &&Exchange| wait.fault.is_some() && wait.answer.is_none();
    let broken = course.of(Operation::Wait).filter(broken).filter(|wait| course.is_told_after(wait));
    each(broken.filter(|wait| is_bound(course, wait)), |wait| sent_again(course, wait))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::sample::{Expect, Sample, course, invoke, wait};
    use super::*;

    #[rstest]
    #[case(vec![invoke().hop(1), wait(1).lost(), wait(1).answered(200)], Expect::Held(1))]
    #[case(vec![invoke().hop(1), wait(1).lost(), invoke().hop(1)], Expect::Vacuous)]
    #[case(vec![invoke().hop(1), wait(1).lost()], Expect::Violated)]
    #[case(vec![invoke().hop(1), wait(1).bad_gateway()], Expect::Vacuous)]
    fn a_broken_hold_is_taken_up_again(#[case] exchanges: Vec<Sample>, #[case] expected: Expect) {
        expected.of(&judge(&course(exchanges)));
    }
}
