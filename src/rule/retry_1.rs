//! The initial call is not sent again of a client's own accord, neither where its own answer was lost nor where that to a
//! later call was: its job may have started, or goes on.

use super::course::{Course, Exchange, Operation};
use super::judging::{each, unless};
use super::{Deviation, Judgement, Rule};
use crate::requirement::Level;

pub(super) const RULE: Rule = Rule {
    id: "CV-RETRY-1",
    level: Level::DerivedMust,
    statement: "After a 502 or a lost answer, a client starts no second job.",
    clauses: &["UIP-GEN-17", "UIP-GEN-20", "UIP-SYNC-26", "UIP-FNF-08"],
    fix: "ask again where the job can be followed; else report that its outcome is unknown, and let somebody decide",
    judge,
};

fn judge(course: &Course) -> Judgement {
    let disturbed = |call: &&Exchange| call.met_bad_gateway() || call.was_lost();
    let unknown = course.of(Operation::Invoke).find(|call| call.job.is_some() && disturbed(call));
    let looks = course.here().filter(|call| call.operation.is_some_and(Operation::follows));
    let look = looks.filter(|look| course.is_told_after(look)).find(disturbed);
    let mut judgement = each(unknown.or(look).into_iter(), |call| {
        let more = course.after(call).filter(|next| next.operation == Some(Operation::Invoke)).count();
        let started = course.of(Operation::Invoke).filter(|call| call.job.is_some()).count();
        let actual = format!("sent {more} times; {started} jobs were started");
        unless(more == 0, call, "the initial call after the disturbance", "not sent", actual)
    });
    judgement.doubts.extend(unknown.and_then(|call| doubt(course, call)));
    judgement
}

/// Calls that look the same may be those of other jobs, if the client also sends them where nothing had gone wrong.
fn doubt(course: &Course, call: &Exchange) -> Option<Deviation> {
    let first = course.lookalikes.first()?;
    let actual = format!("journal {first} may be this call again, or another job with the same arguments");
    unless(false, call, "the same call again", "none, or calls that can be told apart", actual)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::sample::{Expect, Sample, course, invoke, poll};
    use super::*;

    #[rstest]
    #[case(vec![invoke().bad_gateway()], Expect::Held(1))]
    #[case(vec![invoke().bad_gateway(), invoke().accepted()], Expect::Violated)]
    #[case(vec![invoke().lost(), invoke().accepted()], Expect::Violated)]
    #[case(vec![invoke().bad_gateway().jobless(), invoke().accepted()], Expect::Vacuous)]
    #[case(vec![invoke().accepted(), poll().bad_gateway(), poll().done()], Expect::Held(1))]
    #[case(vec![invoke().accepted(), poll().bad_gateway(), invoke().accepted()], Expect::Violated)]
    #[case(vec![invoke().accepted(), poll().answered(200)], Expect::Vacuous)]
    fn nothing_is_started_twice(#[case] exchanges: Vec<Sample>, #[case] expected: Expect) {
        expected.of(&judge(&course(exchanges)));
    }
}
