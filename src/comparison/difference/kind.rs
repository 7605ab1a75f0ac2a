//! In which way a verdict differs from the one before, and whether that is a regression: the only place that decides it.
//!
//! A regression is a failure that was none or was another one, and a pass that is no longer shown: whatever passed must
//! pass again.

use crate::outcome::Verdict;

/// How a verdict differs; the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// It fails, and did not before.
    NewFailure,
    /// It fails as before, with another signature.
    OtherFailure,
    /// It passed, and cannot be told any more.
    Undecided,
    /// It passed, and nobody looks any more: the case is gone, left out, or has nothing to be tried on.
    Unjudged,
    /// It is different, neither worse than it may be nor good.
    Otherwise,
    /// It failed, and passes.
    Fixed,
    /// It passes, and did neither pass nor fail.
    Passing,
}

impl Kind {
    /// All of them, the gravest first.
    pub const ALL: [Self; 7] = [
        Self::NewFailure,
        Self::OtherFailure,
        Self::Undecided,
        Self::Unjudged,
        Self::Otherwise,
        Self::Fixed,
        Self::Passing,
    ];

    /// Of the verdicts on one requirement in one case of two runs; none if they do not differ. A case that a run does not
    /// have has no verdict there; `same_failure` says whether the signatures are equal.
    pub fn of(
        old: Option<Verdict>,
        new: Option<Verdict>,
        same_failure: bool,
        warnings_fail: bool,
    ) -> Option<Self> {
        let fails = |verdict| verdict == Verdict::Fail || (warnings_fail && verdict == Verdict::Warn);
        match (old, new) {
            (Some(old), Some(new)) if fails(old) && fails(new) => {
                (!same_failure).then_some(Self::OtherFailure)
            }
            (_, Some(new)) if fails(new) => Some(Self::NewFailure),
            (Some(Verdict::Pass), Some(Verdict::Error | Verdict::Inconclusive)) => Some(Self::Undecided),
            (
                Some(Verdict::Pass),
                None | Some(Verdict::Skip | Verdict::Unattainable | Verdict::Unsupported),
            ) => Some(Self::Unjudged),
            (None, _) | (_, None) => None,
            (Some(old), Some(new)) if old == new => None,
            (Some(old), Some(Verdict::Pass)) if fails(old) => Some(Self::Fixed),
            (Some(_), Some(Verdict::Pass)) => Some(Self::Passing),
            (Some(_), Some(_)) => Some(Self::Otherwise),
        }
    }

    /// Whether it closes the gate of a comparison.
    pub fn is_regression(self) -> bool {
        matches!(self, Self::NewFailure | Self::OtherFailure | Self::Undecided | Self::Unjudged)
    }

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::NewFailure => "new-failure",
            Self::OtherFailure => "other-failure",
            Self::Undecided => "undecided",
            Self::Unjudged => "unjudged",
            Self::Otherwise => "different",
            Self::Fixed => "fixed",
            Self::Passing => "passing",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const FAIL: Option<Verdict> = Some(Verdict::Fail);
    const WARN: Option<Verdict> = Some(Verdict::Warn);
    const PASS: Option<Verdict> = Some(Verdict::Pass);
    const UNDECIDED: Option<Verdict> = Some(Verdict::Inconclusive);

    #[rstest]
    #[case(PASS, FAIL, Some(Kind::NewFailure))]
    #[case(UNDECIDED, FAIL, Some(Kind::NewFailure))]
    #[case(None, FAIL, Some(Kind::NewFailure))]
    #[case(FAIL, FAIL, Some(Kind::OtherFailure))]
    #[case(PASS, UNDECIDED, Some(Kind::Undecided))]
    #[case(PASS, Some(Verdict::Error), Some(Kind::Undecided))]
    #[case(PASS, None, Some(Kind::Unjudged))]
    #[case(PASS, Some(Verdict::Skip), Some(Kind::Unjudged))]
    #[case(PASS, Some(Verdict::Unattainable), Some(Kind::Unjudged))]
    #[case(PASS, Some(Verdict::Unsupported), Some(Kind::Unjudged))]
    #[case(PASS, WARN, Some(Kind::Otherwise))]
    #[case(PASS, Some(Verdict::Info), Some(Kind::Otherwise))]
    #[case(FAIL, UNDECIDED, Some(Kind::Otherwise))]
    #[case(WARN, WARN, None)]
    #[case(FAIL, PASS, Some(Kind::Fixed))]
    #[case(UNDECIDED, PASS, Some(Kind::Passing))]
    #[case(WARN, PASS, Some(Kind::Passing))]
    #[case(FAIL, None, None)]
    #[case(None, PASS, None)]
    #[case(None, UNDECIDED, None)]
    #[case(PASS, PASS, None)]
    fn whatever_passed_must_pass_again(
        #[case] old: Option<Verdict>,
        #[case] new: Option<Verdict>,
        #[case] expected: Option<Kind>,
    ) {
        assert_eq!(Kind::of(old, new, false, false), expected);
    }

    #[rstest]
    #[case(PASS, WARN, false, Some(Kind::NewFailure))]
    #[case(WARN, WARN, false, Some(Kind::OtherFailure))]
    #[case(WARN, WARN, true, None)]
    #[case(WARN, PASS, false, Some(Kind::Fixed))]
    #[case(FAIL, FAIL, true, None)]
    fn a_warning_is_a_failure_where_it_is_to_be_one(
        #[case] old: Option<Verdict>,
        #[case] new: Option<Verdict>,
        #[case] same_failure: bool,
        #[case] expected: Option<Kind>,
    ) {
        assert_eq!(Kind::of(old, new, same_failure, true), expected);
    }

    #[test]
    fn regressions_are_the_gravest_kinds() {
        let regressions: Vec<bool> = Kind::ALL.into_iter().map(Kind::is_regression).collect();
        assert!(Kind::ALL.is_sorted());
        assert_eq!(regressions, [true, true, true, true, false, false, false]);
    }
}
