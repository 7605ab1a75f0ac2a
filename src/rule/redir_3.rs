//! How many redirects in a row a client bears: as many as a long job needs.

use super::course::{Course, Exchange, Operation};
use super::judging::{each, unless};
use super::{Judgement, Rule};
use crate::requirement::Level;

pub(super) const RULE: Rule = Rule {
    id: "CV-REDIR-3",
    level: Level::DerivedMust,
    statement: "A client bears as many redirects in a row as fit into the longest duration of a job.",
    clauses: &["UIP-SYNC-22"],
    fix: "raise the limit of redirects of your HTTP stack (often 5, 20, 30 or 50), or follow them yourself",
    judge,
};

/// So many redirects in a row are a matter of limits; fewer are a matter of following at all.
pub(super) const MANY: usize = 5;

fn judge(course: &Course) -> Judgement {
    let last = course.of(Operation::Wait).next_back().filter(|last| course.hops_to(last) >= MANY);
    let last = last.filter(|last| !last.was_redirected() || course.end.is_seen());
    each(last.into_iter(), |last| {
        let hops = course.hops_to(last);
        let actual = format!("it gave up after {hops} held requests");
        unless(!last.was_redirected(), last, "redirects in a row", "all of them followed", actual)
    })
}

impl Course {
    /// How many redirects in a row this exchange ends, itself included.
    pub(super) fn hops_to(&self, exchange: &Exchange) -> usize {
        let own = usize::from(exchange.was_redirected());
        own + self
            .before(exchange)
            .filter(|earlier| !earlier.met_bad_gateway())
            .take_while(|hop| hop.was_redirected())
            .count()
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::sample::{Expect, Sample, course, invoke, wait};
    use super::*;

    fn hops(count: u32, ending: Option<Sample>) -> Vec<Sample> {
        let mut exchanges = vec![invoke().hop(1)];
        exchanges.extend((1..count).map(|hop| wait(hop).hop(hop + 1)));
        exchanges.extend(ending);
        exchanges
    }

    #[rstest]
    #[case(hops(35, Some(wait(35).answered(200))), Expect::Held(1))]
    #[case(hops(21, None), Expect::Violated)]
    #[case(hops(4, None), Expect::Vacuous)]
    fn a_long_row_is_borne(#[case] exchanges: Vec<Sample>, #[case] expected: Expect) {
        expected.of(&judge(&course(exchanges)));
    }
}
