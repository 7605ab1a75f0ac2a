//! Instants as answers write them (RFC 3339), compared no finer than the coarser of the two.

use std::sync::LazyLock;

use jiff::Timestamp;
use regex::Regex;

/// An instant and how many digits its seconds have behind the point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Instant {
    nanoseconds: i128,
    digits: u32,
}

/// More digits than a nanosecond has are read and say nothing more.
const FINEST: u32 = 9;

/// RFC 3339 with seconds, any offset and any number of digits behind the point.
#[expect(clippy::expect_used, reason = "the pattern is a constant, and a test uses it")]
static FORM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)$")
        .expect("a valid pattern")
});

impl Instant {
    /// Reads an instant; anything that RFC 3339 does not allow is none.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let parts = FORM.captures(text)?;
        let fraction: String =
            parts.get(3).map_or("", |digits| digits.as_str()).chars().take(FINEST as usize).collect();
        let digits = u32::try_from(fraction.len()).ok()?;
        let point = if fraction.is_empty() { "" } else { "." };
        let text = format!("{}T{}{point}{fraction}{}", &parts[1], &parts[2], &parts[4]);
        let timestamp: Timestamp = text.parse().ok()?;
        Some(Self { nanoseconds: timestamp.as_nanosecond(), digits })
    }

    /// Whether it is the zero date, `0001-01-01T00:00:00Z`, by which some servers say that nothing is set.
    pub(super) fn is_zero(self) -> bool {
        Self::parse("0001-01-01T00:00:00Z").is_some_and(|zero| zero.nanoseconds == self.nanoseconds)
    }

    /// How far `self` lies behind `other`, in nanoseconds, counted in whole steps of the coarser precision.
    pub(super) fn since(self, other: Self) -> i128 {
        let step = self.coarser_step(other);
        (self.nanoseconds.div_euclid(step) - other.nanoseconds.div_euclid(step)) * step
    }

    /// The length of the smallest difference that both can show, in nanoseconds.
    pub(super) fn coarser_step(self, other: Self) -> i128 {
        10_i128.pow(FINEST - self.digits.min(other.digits))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("2024-01-15T12:00:00Z", "2024-01-15T16:00:00+04:00", 0)]
    #[case("2024-01-15T12:00:00.9Z", "2024-01-15T12:00:00Z", 0)]
    #[case("2024-01-15T12:00:00.95Z", "2024-01-15T12:00:00.8Z", 100_000_000)]
    #[case("2024-01-15T12:00:00.1234567Z", "2024-01-15T12:00:00.1234566Z", 100)]
    #[case("2024-01-15T12:00:01Z", "2024-01-15T12:00:00.999Z", 1_000_000_000)]
    #[case("0001-01-01T00:00:00Z", "0001-01-01T00:00:01Z", -1_000_000_000)]
    fn the_coarser_precision_counts(#[case] left: &str, #[case] right: &str, #[case] expected: i128) {
        let instant = |text| Instant::parse(text).unwrap();
        assert_eq!(instant(left).since(instant(right)), expected);
    }

    #[rstest]
    #[case("2024-01-15")]
    #[case("2024-01-15 12:00:00Z")]
    #[case("2024-01-15T12:00:00")]
    #[case("2024-01-15T12:00Z")]
    #[case("2024-13-15T12:00:00Z")]
    #[case("2024-01-15T12:00:00Z[UTC]")]
    #[case("")]
    fn anything_else_is_no_instant(#[case] text: &str) {
        assert_eq!(Instant::parse(text), None);
    }

    #[rstest]
    #[case("0001-01-01T00:00:00Z", true)]
    #[case("0001-01-01T00:00:00.000+00:00", true)]
    #[case("1970-01-01T00:00:00Z", false)]
    fn the_zero_date_is_an_instant_too(#[case] text: &str, #[case] expected: bool) {
        assert_eq!(Instant::parse(text).map(Instant::is_zero), Some(expected));
    }
}
