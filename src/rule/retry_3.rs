//! What a client makes of a 502 to an initial call that started nothing. It cannot know that; what it does is recorded.

use super::course::{Course, Exchange, Operation};
use super::judging::{each, unless};
use super::{Judgement, Rule};
use crate::requirement::Level;

pub(super) const RULE: Rule = Rule {
    id: "CV-RETRY-3",
    level: Level::Example,
    statement: "After a 502 to an initial call that started nothing, a client reports that the outcome is unknown.",
    clauses: &["UIP-GEN-18"],
    fix: "find out in the orchestrator what became of the job, or let somebody decide",
    judge,
};

fn judge(course: &Course) -> Judgement {
    let unmade =
        |call: &&Exchange| call.job.is_none() && call.met_bad_gateway() && course.lookalikes.is_empty();
    each(course.of(Operation::Invoke).filter(unmade).take(1), |call| {
        let again = course.after(call).any(|next| next.operation == Some(Operation::Invoke));
        unless(!again, call, "the same call again", "none", "sent again")
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::sample::{Expect, Sample, course, invoke};
    use super::*;

    #[rstest]
    #[case(vec![invoke().bad_gateway().jobless()], Expect::Held(1))]
    #[case(vec![invoke().bad_gateway().jobless(), invoke().accepted()], Expect::Violated)]
    #[case(vec![invoke().bad_gateway()], Expect::Vacuous)]
    fn what_is_done_is_recorded(#[case] exchanges: Vec<Sample>, #[case] expected: Expect) {
        expected.of(&judge(&course(exchanges)));
    }
}
