//! Durations as people write them (`100ms`, `1m30s`, `15m`, `0s`), and instants on the run's clock.
//!
//! All time in the middle of the program is tokio's, so that it can stand still or jump; the wall clock is a
//! fixed epoch plus the time that passed since.

use std::fmt::Write as _;
use std::time::Duration;

pub use tokio::time::Instant;

/// The units a duration may be written with, longest first, in milliseconds.
const UNITS: [(&str, u64); 4] = [("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)];

/// Reads a duration: one or more of a number and a unit (`h`, `m`, `s`, `ms`), e.g. `1m30s` or `0.5s`.
pub fn parse_duration(text: &str) -> Option<Duration> {
    let mut rest = text.trim();
    let mut total = 0.0;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let number: f64 = rest[..digits].parse().ok()?;
        rest = &rest[digits..];
        let letters = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        let (_, milliseconds) = UNITS.iter().find(|(unit, _)| *unit == &rest[..letters])?;
        #[expect(clippy::cast_precision_loss, reason = "the factors are small whole numbers")]
        {
            total += number * *milliseconds as f64;
        }
        rest = &rest[letters..];
    }
    whole_milliseconds(total)
}

/// What a duration looks like, as a regular expression for editors.
pub fn duration_pattern() -> String {
    let units = UNITS.map(|(unit, _)| unit).join("|");
    format!(r"^\s*(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:{units}))+\s*$")
}

/// Rounds to milliseconds; more than a century is nothing that anybody waits for.
fn whole_milliseconds(milliseconds: f64) -> Option<Duration> {
    const CENTURY: f64 = 3_155_760_000_000.0;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked")]
    (0.0..=CENTURY).contains(&milliseconds).then(|| Duration::from_millis(milliseconds.round() as u64))
}

/// Writes a duration the way it is read: `90s` as `1m30s`, at most millisecond precision.
pub fn format_duration(duration: Duration) -> String {
    let mut left = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
    let mut text = String::new();
    for (unit, milliseconds) in UNITS {
        let count = left / milliseconds;
        left %= milliseconds;
        if count > 0 {
            _ = write!(text, "{count}{unit}");
        }
    }
    if text.is_empty() { "0s".to_owned() } else { text }
}

/// The wall clock of a run: where it stood when the run's own clock stood at `start`.
#[derive(Debug, Clone, Copy)]
pub struct WallClock {
    /// The run's instant at which the wall clock showed `epoch`.
    pub start: Instant,
    /// What the wall clock showed then.
    pub epoch: jiff::Timestamp,
}

impl WallClock {
    /// What the wall clock shows at `instant`; stands still at the ends of the calendar.
    pub fn at(&self, instant: Instant) -> jiff::Timestamp {
        let elapsed = instant.saturating_duration_since(self.start);
        self.epoch.saturating_add(elapsed).unwrap_or(self.epoch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("100ms", 100)]
    #[case("0s", 0)]
    #[case("1m30s", 90_000)]
    #[case("0.5s", 500)]
    #[case("15m", 900_000)]
    #[case("1h2m3s4ms", 3_723_004)]
    fn reads_what_people_write(#[case] text: &str, #[case] milliseconds: u64) {
        assert_eq!(parse_duration(text), Some(Duration::from_millis(milliseconds)));
    }

    #[rstest]
    #[case("")]
    #[case("5")]
    #[case("s")]
    #[case("-5s")]
    #[case("5 s")]
    #[case("5sec")]
    #[case("1..2s")]
    #[case("99999999999999h")]
    fn refuses_anything_else(#[case] text: &str) {
        assert_eq!(parse_duration(text), None);
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_is_read_back(milliseconds in 0_u64..10_000_000_000) {
            let duration = Duration::from_millis(milliseconds);
            proptest::prop_assert_eq!(parse_duration(&format_duration(duration)), Some(duration));
        }
    }
}
