//! The one place where verdicts are made: pure functions of outcomes and levels.

use std::fmt;

use crate::requirement::Level;

/// What came of one check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CheckOutcome {
    /// It was not asked, because the server took another way that is legal.
    NotAsked,
    /// There was nothing to look at.
    Vacuous,
    /// What it demands was seen.
    Held,
    /// It could not be looked at, because something before it failed.
    NotReached,
    /// What it demands was not so.
    Violated,
}

impl CheckOutcome {
    /// The outcome of several checks, or of one check on several occasions: the gravest, where a look that could
    /// not be taken outweighs one that was, and one that was outweighs an occasion with nothing to see.
    pub fn join(outcomes: impl IntoIterator<Item = Self>) -> Self {
        outcomes.into_iter().max().unwrap_or(Self::NotReached)
    }
}

/// The verdict on a requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Neither the server nor the suite: the environment or the harness failed.
    Error,
    /// The requirement is violated.
    Fail,
    /// It could not be told.
    Inconclusive,
    /// A recommendation is not followed.
    Warn,
    /// Something optional, or only recorded, is not so.
    Info,
    /// The requirement holds.
    Pass,
    /// The operator left it out.
    Skip,
    /// The target file itself says that there is nothing to try it on.
    Unattainable,
    /// A capability is declared off, and the server refuses what it does not offer; or it took another way that is
    /// legal.
    Unsupported,
}

impl Verdict {
    /// All of them, gravest first: the order of roll-up.
    pub const ALL: [Self; 9] = [
        Self::Error,
        Self::Fail,
        Self::Inconclusive,
        Self::Warn,
        Self::Info,
        Self::Pass,
        Self::Skip,
        Self::Unattainable,
        Self::Unsupported,
    ];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Fail => "fail",
            Self::Inconclusive => "inconclusive",
            Self::Warn => "warn",
            Self::Info => "info",
            Self::Pass => "pass",
            Self::Skip => "skip",
            Self::Unattainable => "unattainable",
            Self::Unsupported => "unsupported",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.word())
    }
}

/// What decides a verdict besides the outcome of the checks.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts, each of them a column of the verdict table"
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Circumstances {
    /// The requirement's level.
    pub level: Level,
    /// Whether the target's policies leave it at recording.
    pub recorded: bool,
    /// Whether every control of the case held.
    pub controls_held: bool,
    /// Whether the case looks at a capability that the target declares off.
    pub declared_off: bool,
    /// Whether a check held only because a policy is lenient.
    pub lenient: bool,
}

/// The verdict on one requirement in one case.
pub fn verdict(outcome: CheckOutcome, circumstances: Circumstances) -> Verdict {
    let Circumstances { level, recorded, controls_held, declared_off, lenient } = circumstances;
    let weight = if recorded { Weight::Recorded } else { weight(level) };
    match outcome {
        CheckOutcome::Held if !controls_held => Verdict::Inconclusive,
        CheckOutcome::Held if declared_off => Verdict::Unsupported,
        CheckOutcome::Held if lenient => Verdict::Warn,
        CheckOutcome::Held => Verdict::Pass,
        CheckOutcome::Violated if declared_off => Verdict::Warn,
        CheckOutcome::Violated => match weight {
            Weight::Obligation => Verdict::Fail,
            Weight::Recommendation => Verdict::Warn,
            Weight::Recorded => Verdict::Info,
        },
        CheckOutcome::NotAsked => Verdict::Unsupported,
        CheckOutcome::Vacuous | CheckOutcome::NotReached => match weight {
            Weight::Obligation | Weight::Recommendation => Verdict::Inconclusive,
            Weight::Recorded => Verdict::Info,
        },
    }
}

/// The verdict of several: the gravest, in the order of [`Verdict::ALL`]; of none: inconclusive.
pub fn roll_up(verdicts: impl IntoIterator<Item = Verdict>) -> Verdict {
    let rank = |verdict: &Verdict| Verdict::ALL.iter().position(|other| other == verdict);
    verdicts.into_iter().min_by_key(rank).unwrap_or(Verdict::Inconclusive)
}

enum Weight {
    Obligation,
    Recommendation,
    Recorded,
}

fn weight(level: Level) -> Weight {
    match level {
        Level::Must | Level::DerivedMust => Weight::Obligation,
        Level::Should | Level::DerivedShould => Weight::Recommendation,
        Level::May | Level::DerivedMay | Level::Example => Weight::Recorded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use std::fmt::Write;

    const LEVELS: [Level; 7] = [
        Level::Must,
        Level::DerivedMust,
        Level::Should,
        Level::DerivedShould,
        Level::May,
        Level::DerivedMay,
        Level::Example,
    ];
    const OUTCOMES: [CheckOutcome; 5] = [
        CheckOutcome::Held,
        CheckOutcome::Violated,
        CheckOutcome::Vacuous,
        CheckOutcome::NotReached,
        CheckOutcome::NotAsked,
    ];

    /// Every combination, a line each: the table of the design, written out.
    #[test]
    fn every_combination_has_its_verdict() {
        let mut table = String::new();
        for recorded in [false, true] {
            for controls_held in [true, false] {
                for declared_off in [false, true] {
                    writeln!(
                        table,
                        "\nrecorded {recorded}, controls held {controls_held}, declared off {declared_off}"
                    )
                    .unwrap();
                    for level in LEVELS {
                        let circumstances =
                            Circumstances { level, recorded, controls_held, declared_off, lenient: false };
                        let row = OUTCOMES.map(|outcome| verdict(outcome, circumstances).word());
                        writeln!(table, "{level:8} {}", row.join(" ")).unwrap();
                    }
                }
            }
        }
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/tests/outcome");
        insta::with_settings!({ snapshot_path => folder, prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!("verdicts", table);
        });
    }

    #[rstest]
    #[case(&[], Verdict::Inconclusive)]
    #[case(&[Verdict::Pass, Verdict::Fail, Verdict::Error], Verdict::Error)]
    #[case(&[Verdict::Pass, Verdict::Inconclusive], Verdict::Inconclusive)]
    #[case(&[Verdict::Pass, Verdict::Unattainable], Verdict::Pass)]
    #[case(&[Verdict::Unsupported, Verdict::Unattainable], Verdict::Unattainable)]
    fn the_gravest_verdict_counts(#[case] verdicts: &[Verdict], #[case] expected: Verdict) {
        assert_eq!(roll_up(verdicts.iter().copied()), expected);
    }

    proptest::proptest! {
        #[test]
        fn a_failed_control_never_passes(index in 0_usize..7, recorded: bool, off: bool, outcome in 0_usize..4) {
            let circumstances =
                Circumstances { level: LEVELS[index], recorded, controls_held: false, declared_off: off, lenient: false };
            let verdict = verdict(OUTCOMES[outcome], circumstances);
            proptest::prop_assert!(verdict != Verdict::Pass && verdict != Verdict::Unsupported);
        }
    }
}
