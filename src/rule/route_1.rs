//! Where nothing is served, and jobs that never were. What a guess means depends on who guesses: it is recorded, unless the mock is told to be strict.

use super::course::{Course, Exchange};
use super::judging::{each, unless};
use super::{Judgement, Rule};
use crate::requirement::Level;

pub(super) const RULE: Rule = Rule {
    id: "CV-ROUTE-1",
    level: Level::Example,
    statement: "Every request goes to something that is served, and about a job that there is or was.",
    clauses: &["UIP-ASYNC-03", "UIP-FNF-07"],
    fix: "compare the path with the base URL, the name of the trigger and the `Location` of the answer before, and the id with that of the task",
    judge,
};

fn judge(course: &Course) -> Judgement {
    let sent = course.here().filter(|exchange| exchange.operation.is_some() || exchange.is_unserved());
    each(sent, |exchange| {
        if exchange.invents_job {
            return unless(false, exchange, "job", "one that the client was told of", named(exchange));
        }
        let expected = "something that is served";
        unless(!exchange.is_unserved(), exchange, "request target", expected, exchange.line())
    })
}

/// The request with what of it names a job.
fn named(exchange: &Exchange) -> String {
    match exchange.body.as_str() {
        "" => exchange.line(),
        body => format!("{} with {body}", exchange.line()),
    }
}

impl Exchange {
    /// Whether nothing is served where it went.
    pub fn is_unserved(&self) -> bool {
        !self.elsewhere && self.answer.is_some() && self.operation.is_none()
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::sample::{Expect, Sample, course, elsewhere, invoke, nowhere, poll};
    use super::*;

    #[rstest]
    #[case(vec![invoke().accepted()], Expect::Held(1))]
    #[case(vec![invoke().accepted(), nowhere("/t/echo/status").answered(404)], Expect::Violated)]
    #[case(vec![invoke().accepted(), poll().inventing().answered(404)], Expect::Violated)]
    #[case(vec![elsewhere("/jobs/1").answered(200)], Expect::Vacuous)]
    #[case(vec![nowhere("/t/echo/status")], Expect::Vacuous)]
    fn nobody_asks_where_nothing_is(#[case] exchanges: Vec<Sample>, #[case] expected: Expect) {
        expected.of(&judge(&course(exchanges)));
    }
}
