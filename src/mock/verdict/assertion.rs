//! Verdicts in tests: what a test demands of them, and a panic that tells all if it is not so.

use super::{RuleVerdict, Verdicts};
use crate::diagnostic::nearest;
use crate::outcome::Verdict;
use crate::rule::RULES;

impl Verdicts {
    /// Demands that something was exercised and that every rule was kept, recommendations too.
    ///
    /// # Panics
    ///
    /// If it is not so; the message is all verdicts with what was found.
    #[track_caller]
    pub fn assert_clean(&self) {
        assert!(self.verdict() == Verdict::Pass, "the clients of this mock are not clean\n\n{self}");
    }

    /// Demands that this rule was broken, and gives its verdict.
    ///
    /// # Panics
    ///
    /// If it was not, or if there is no such rule.
    #[track_caller]
    pub fn expect_fail(&self, id: &str) -> &RuleVerdict {
        let Some(own) = self.get(id) else {
            let near = nearest(id, RULES.iter().map(|rule| rule.id));
            let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            panic!("there is no rule `{id}`{near}")
        };
        assert!(own.is_violated(), "{id} is {}, but was expected to be broken\n\n{self}", own.verdict);
        own
    }
}
