//! When a defect strikes. The same seed gives the same strikes, whatever else is armed.

use std::fmt;

/// When an armed defect strikes, counted over the exchanges that it could touch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Arming {
    /// Every time.
    Always,
    /// Once: at the exchange with this ordinal, the first being 1.
    Nth(u64),
    /// Each time with this probability.
    Chance(f64),
}

/// The written forms.
pub const ARMINGS: [&str; 3] = ["always", "nth:N", "chance:P"];

impl fmt::Display for Arming {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Always => out.write_str("always"),
            Self::Nth(nth) => write!(out, "nth:{nth}"),
            Self::Chance(chance) => write!(out, "chance:{chance}"),
        }
    }
}

impl Arming {
    /// Reads `always`, `nth:3` or `chance:0.02`.
    pub(in crate::mock) fn parse(text: &str) -> Option<Self> {
        match text.split_once(':') {
            None => (text == "always").then_some(Self::Always),
            Some(("nth", ordinal)) => ordinal.parse().ok().filter(|ordinal| *ordinal > 0).map(Self::Nth),
            Some(("chance", chance)) => {
                chance.parse().ok().filter(|chance| (0.0..=1.0).contains(chance)).map(Self::Chance)
            }
            Some(_) => None,
        }
    }

    /// Whether the defect strikes at this ordinal.
    pub(super) fn strikes(self, seed: u64, defect: &str, ordinal: u64) -> bool {
        match self {
            Self::Always => true,
            Self::Nth(nth) => ordinal == nth,
            Self::Chance(chance) => draw(seed, defect, ordinal) < chance,
        }
    }
}

/// A number from 0 up to 1 that depends on nothing but its arguments.
fn draw(seed: u64, defect: &str, ordinal: u64) -> f64 {
    let text = format!("{seed}:{defect}:{ordinal}");
    let digest = ring::digest::digest(&ring::digest::SHA256, text.as_bytes());
    let scale = f64::from(u32::MAX) + 1.0;
    let number = digest.as_ref().iter().take(4).fold(0u32, |number, byte| number << 8 | u32::from(*byte));
    f64::from(number) / scale
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("always", Some(Arming::Always))]
    #[case("nth:3", Some(Arming::Nth(3)))]
    #[case("chance:0.5", Some(Arming::Chance(0.5)))]
    #[case("nth:0", None)]
    #[case("chance:1.5", None)]
    #[case("sometimes", None)]
    fn armings_are_read(#[case] text: &str, #[case] expected: Option<Arming>) {
        assert_eq!(Arming::parse(text), expected);
    }

    #[test]
    fn the_nth_strikes_once() {
        let strikes: Vec<_> = (1..=5).filter(|ordinal| Arming::Nth(3).strikes(0, "a", *ordinal)).collect();
        assert_eq!(strikes, [3]);
    }

    #[test]
    fn a_chance_depends_on_seed_and_defect_and_is_kept() {
        let strikes = |seed, defect| -> Vec<_> {
            (1..=1000).filter(|ordinal| Arming::Chance(0.1).strikes(seed, defect, *ordinal)).collect()
        };
        let first = strikes(1, "a");
        assert_eq!(first, strikes(1, "a"));
        assert_ne!(first, strikes(2, "a"));
        assert_ne!(first, strikes(1, "b"));
        assert!((50..200).contains(&first.len()), "{}", first.len());
    }
}
