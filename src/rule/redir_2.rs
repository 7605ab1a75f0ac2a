//! A redirect to the URI that was just asked for is no circle to be afraid of.

use super::course::{Course, Exchange};
use super::judging::{each, unless};
use super::{Judgement, Rule};
use crate::requirement::Level;

pub(super) const RULE: Rule = Rule {
    id: "CV-REDIR-2",
    level: Level::DerivedMust,
    statement: "A redirect to the URI that was just asked for is followed like any other.",
    clauses: &["UIP-SYNC-23"],
    fix: "switch off the detection of circles for this call, and bound the loop by time instead",
    judge,
};

fn judge(course: &Course) -> Judgement {
    let to_itself = |exchange: &&Exchange| {
        exchange.leads_to_itself()
            && course.hops_to(exchange) < super::redir_3::MANY
            && course.is_told_after(exchange)
    };
    each(course.here().filter(to_itself), |exchange| {
        let next = course.next(exchange);
        let followed = next.is_some_and(|next| next.target == exchange.target);
        let actual = next.map_or_else(|| "no further request".to_owned(), Exchange::line);
        unless(followed, exchange, "request after the redirect", format!("GET {}", exchange.target), actual)
    })
}

impl Exchange {
    /// Whether it was redirected to where it had gone.
    pub(super) fn leads_to_itself(&self) -> bool {
        self.was_redirected() && self.leads_to().is_some() && self.leads_to() == self.url()
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::sample::{Expect, Sample, course, invoke, wait};
    use super::*;

    #[rstest]
    #[case(vec![invoke().hop(1), wait(1).hop(1), wait(1).hop(1), wait(1).answered(200)], Expect::Held(2))]
    #[case(vec![invoke().hop(1), wait(1).hop(1)], Expect::Violated)]
    #[case(vec![invoke().hop(1), wait(1).hop(2)], Expect::Vacuous)]
    fn a_circle_is_followed(#[case] exchanges: Vec<Sample>, #[case] expected: Expect) {
        expected.of(&judge(&course(exchanges)));
    }
}
