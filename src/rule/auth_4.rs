//! What a client does when its credential is refused: stop or renew it, not knock on.

use super::course::{Course, Exchange, Operation};
use super::judging::{each, unless};
use super::{Judgement, Rule};
use crate::requirement::Level;

pub(super) const RULE: Rule = Rule {
    id: "CV-AUTH-4",
    level: Level::DerivedShould,
    statement: "A client whose credential is refused stops or renews it.",
    clauses: &["UIP-GEN-02"],
    fix: "treat 401 and 403 as the end, or fetch a new token once before you ask again",
    judge,
};

/// One more look with the same credential is forgiven.
const FORGIVEN: usize = 1;

fn judge(course: &Course) -> Judgement {
    let is_refused = |exchange: &&Exchange| matches!(exchange.status(), Some(401 | 403));
    // Whether an initial call that was refused is sent again can only be told of a client that somebody watched.
    let is_told = |exchange: &Exchange| course.end.is_seen() || exchange.operation != Some(Operation::Invoke);
    let first = course.here().find(is_refused).filter(|refused| is_told(refused)).into_iter();
    each(first, |refused| {
        let own = refused.header("authorization");
        let again =
            course.after(refused).filter(|next| !next.elsewhere && next.header("authorization") == own);
        let again = again.count();
        let actual = format!("{again} more requests with the same credential");
        unless(again <= FORGIVEN, refused, "requests after the refusal", "none", actual)
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::sample::{Expect, Sample, course, invoke, poll};
    use super::*;

    fn refused() -> Sample {
        poll().answered(403)
    }

    #[rstest]
    #[case(vec![invoke().accepted(), refused()], Expect::Held(1))]
    #[case(vec![invoke().accepted(), refused(), refused()], Expect::Held(1))]
    #[case(vec![invoke().accepted(), refused(), poll().with("authorization", "Bearer [new]")], Expect::Held(1))]
    #[case(vec![invoke().accepted(), refused(), refused(), refused()], Expect::Violated)]
    #[case(vec![invoke().accepted(), poll().answered(200)], Expect::Vacuous)]
    fn nobody_knocks_on(#[case] exchanges: Vec<Sample>, #[case] expected: Expect) {
        expected.of(&judge(&course(exchanges)));
    }
}
