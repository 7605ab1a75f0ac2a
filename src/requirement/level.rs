//! How binding a requirement is.

use std::fmt;

/// The level of a requirement; "derived" ones (printed with a star) follow from the text without standing in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// The source states it as a fact or an obligation.
    Must,
    /// Follows from what the source states.
    DerivedMust,
    /// The source expects it.
    Should,
    /// Follows from what the source expects.
    DerivedShould,
    /// The source allows it.
    May,
    /// Follows from what the source allows.
    DerivedMay,
    /// Only an example of the source shows it.
    Example,
}

impl Level {
    /// How registry files and reports write each level, the most binding first.
    pub const WORDS: [(&'static str, Self); 7] = [
        ("MUST", Self::Must),
        ("MUST*", Self::DerivedMust),
        ("SHOULD", Self::Should),
        ("SHOULD*", Self::DerivedShould),
        ("MAY", Self::May),
        ("MAY*", Self::DerivedMay),
        ("EX", Self::Example),
    ];

    /// Every level, the most binding first.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::WORDS.into_iter().map(|(_, level)| level)
    }

    /// How registry files and reports write it.
    pub const fn as_str(self) -> &'static str {
        Self::WORDS[self as usize].0
    }

    /// Reads what [`Level::as_str`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        Self::all().find(|level| level.as_str() == text)
    }

    /// Whether it is an obligation, written or derived.
    pub const fn is_must(self) -> bool {
        matches!(self, Self::Must | Self::DerivedMust)
    }

    /// Whether it is an expectation, written or derived.
    pub const fn is_should(self) -> bool {
        matches!(self, Self::Should | Self::DerivedShould)
    }
}

impl fmt::Display for Level {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[test]
    fn reads_what_it_writes() {
        for (word, level) in Level::WORDS {
            assert_eq!((level.as_str(), Level::parse(word)), (word, Some(level)));
        }
        assert_eq!(Level::parse("must"), None);
    }

    #[rstest]
    #[case(Level::Must, true, false)]
    #[case(Level::DerivedMust, true, false)]
    #[case(Level::DerivedShould, false, true)]
    #[case(Level::DerivedMay, false, false)]
    #[case(Level::Example, false, false)]
    fn derived_levels_bind_like_written_ones(#[case] level: Level, #[case] must: bool, #[case] should: bool) {
        assert_eq!((level.is_must(), level.is_should()), (must, should));
    }
}
