//! Whether a client would also follow a 302, as a server might answer that reads the samples literally. Only recorded.

use super::course::Course;
use super::judging::each;
use super::redir_4::{redirects, unfollowed};
use super::{Judgement, Rule};
use crate::requirement::Level;

pub(super) const RULE: Rule = Rule {
    id: "CV-REDIR-5",
    level: Level::Example,
    statement: "A 302 is followed like a 303.",
    clauses: &["AMB-U01", "UIP-SAMPLE-02"],
    fix: "follow a 302 with a GET, too: the vendor's own samples expect it",
    judge,
};

fn judge(course: &Course) -> Judgement {
    each(redirects(course, 302), |exchange| unfollowed(course, exchange))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::sample::{Expect, Sample, course, invoke, output, poll};
    use super::*;

    fn found() -> Sample {
        poll().done().answered(302)
    }

    #[rstest]
    #[case(vec![invoke().accepted(), found(), output().answered(200)], Expect::Held(1))]
    #[case(vec![invoke().accepted(), found()], Expect::Violated)]
    #[case(vec![invoke().accepted(), poll().done()], Expect::Vacuous)]
    fn a_302_is_followed_too(#[case] exchanges: Vec<Sample>, #[case] expected: Expect) {
        expected.of(&judge(&course(exchanges)));
    }
}
