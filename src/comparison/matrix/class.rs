//! How conformant a group of requirements is: the only place that decides it.

use std::fmt;

use crate::outcome::Verdict;

/// What the obligations of a group come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Each was judged, and holds.
    Conformant,
    /// Some hold and none is violated, but some are beyond this target, declared off, or held only by leniency.
    Partial,
    /// One is violated.
    NonConformant,
    /// None is violated, but one could not be decided, or nothing was judged.
    Unverified,
}

impl Class {
    /// All of them, the best first.
    pub const ALL: [Self; 4] = [Self::Conformant, Self::Partial, Self::NonConformant, Self::Unverified];

    /// Of the verdicts on all obligations of a group; none if there are none.
    pub fn of(musts: &[Verdict]) -> Option<Self> {
        let any = |verdicts: &[Verdict]| musts.iter().any(|must| verdicts.contains(must));
        if musts.is_empty() {
            None
        } else if any(&[Verdict::Fail]) {
            Some(Self::NonConformant)
        } else if any(&UNDECIDED) || !any(&JUDGED) {
            Some(Self::Unverified)
        } else if musts.iter().all(|must| *must == Verdict::Pass) {
            Some(Self::Conformant)
        } else {
            Some(Self::Partial)
        }
    }

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Conformant => "conformant",
            Self::Partial => "partial",
            Self::NonConformant => "non-conformant",
            Self::Unverified => "unverified",
        }
    }

    /// What it means, in half a sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Conformant => "every MUST was judged and holds",
            Self::Partial => {
                "some MUSTs hold and none is violated, but not all could be tried or held strictly"
            }
            Self::NonConformant => "a MUST is violated",
            Self::Unverified => "no MUST is violated, but one could not be decided, or nothing was judged",
        }
    }
}

/// What leaves open whether an obligation holds.
const UNDECIDED: [Verdict; 3] = [Verdict::Error, Verdict::Inconclusive, Verdict::Skip];

/// What a server had to do something for.
const JUDGED: [Verdict; 3] = [Verdict::Pass, Verdict::Warn, Verdict::Info];

impl fmt::Display for Class {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(&[], None)]
    #[case(&[Verdict::Pass, Verdict::Pass], Some(Class::Conformant))]
    #[case(&[Verdict::Pass, Verdict::Unattainable], Some(Class::Partial))]
    #[case(&[Verdict::Pass, Verdict::Unsupported], Some(Class::Partial))]
    #[case(&[Verdict::Pass, Verdict::Warn], Some(Class::Partial))]
    #[case(&[Verdict::Info, Verdict::Unattainable], Some(Class::Partial))]
    #[case(&[Verdict::Unattainable, Verdict::Unsupported], Some(Class::Unverified))]
    #[case(&[Verdict::Pass, Verdict::Inconclusive], Some(Class::Unverified))]
    #[case(&[Verdict::Pass, Verdict::Error, Verdict::Unattainable], Some(Class::Unverified))]
    #[case(&[Verdict::Pass, Verdict::Skip], Some(Class::Unverified))]
    #[case(&[Verdict::Fail, Verdict::Error, Verdict::Inconclusive], Some(Class::NonConformant))]
    fn the_obligations_decide(#[case] musts: &[Verdict], #[case] expected: Option<Class>) {
        assert_eq!(Class::of(musts), expected);
    }

    proptest::proptest! {
        #[test]
        fn what_is_conformant_holds_and_what_is_violated_never_is(indices in proptest::collection::vec(0_usize..9, 1..6)) {
            let musts: Vec<Verdict> = indices.into_iter().map(|index| Verdict::ALL[index]).collect();
            let class = Class::of(&musts).unwrap();
            proptest::prop_assert_eq!(class == Class::Conformant, musts.iter().all(|must| *must == Verdict::Pass));
            proptest::prop_assert_eq!(class == Class::NonConformant, musts.contains(&Verdict::Fail));
        }
    }
}
