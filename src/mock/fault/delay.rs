//! How long a call is kept back: always as long, or as long as chance says within bounds.

use std::fmt;
use std::time::Duration;

use crate::clock::format_duration;
use crate::mock::chance::Chance;

/// How long a call is kept back, by the mock's own clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delay {
    /// Always as long.
    Fixed(Duration),
    /// Any time between two bounds, each as likely as the other.
    Uniform {
        /// The shortest.
        from: Duration,
        /// The longest.
        to: Duration,
    },
    /// As the answers of most servers are spread: half of the calls take less than `p50`, one in a hundred takes more
    /// than `p99`, and none more than `max`.
    Lognormal {
        /// The median.
        p50: Duration,
        /// What 99 of 100 calls stay below.
        p99: Duration,
        /// What every call stays below.
        max: Duration,
    },
}

impl Delay {
    /// The delay of one call, in whole milliseconds.
    pub(super) fn draw(self, chance: &mut Chance) -> Duration {
        match self {
            Self::Fixed(time) => time,
            Self::Uniform { from, to } => from + chance.up_to(to.saturating_sub(from)),
            Self::Lognormal { p50, p99, max } => whole(lognormal(p50, p99, chance)).min(max),
        }
    }

    /// The longest that a call can be kept back.
    pub fn longest(self) -> Duration {
        match self {
            Self::Fixed(time) => time,
            Self::Uniform { to, .. } => to,
            Self::Lognormal { max, .. } => max,
        }
    }

    /// What is wrong with its bounds, if anything is.
    pub(super) fn mistake(self) -> Option<String> {
        let backwards = |low: Duration, high: Duration, names: (&str, &str)| {
            let (low_text, high_text) = (format_duration(low), format_duration(high));
            (low > high).then(|| format!("`{}: {low_text}` is more than `{}: {high_text}`", names.0, names.1))
        };
        match self {
            Self::Fixed(_) => None,
            Self::Uniform { from, to } => backwards(from, to, ("from", "to")),
            Self::Lognormal { p50, .. } if p50.is_zero() => {
                Some("`p50: 0s` leaves nothing to spread".to_owned())
            }
            Self::Lognormal { p50, p99, max } => {
                backwards(p50, p99, ("p50", "p99")).or_else(|| backwards(p50, max, ("p50", "max")))
            }
        }
    }
}

/// Seconds by a log-normal distribution of which two quantiles are known.
fn lognormal(p50: Duration, p99: Duration, chance: &mut Chance) -> f64 {
    /// The quantile of the standard normal distribution for 0.99.
    const Z99: f64 = 2.326_347_874;
    let sigma = (p99.as_secs_f64() / p50.as_secs_f64()).ln() / Z99;
    p50.as_secs_f64() * (sigma * normal(chance)).exp()
}

/// A number by the standard normal distribution (Box and Muller's method).
fn normal(chance: &mut Chance) -> f64 {
    let (radius, angle) = (1.0 - chance.fraction(), chance.fraction());
    (-2.0 * radius.ln()).sqrt() * (std::f64::consts::TAU * angle).cos()
}

/// Rounds seconds to milliseconds; what is no time at all is none.
fn whole(seconds: f64) -> Duration {
    let time = Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX);
    Duration::from_millis(u64::try_from(time.as_millis()).unwrap_or(u64::MAX))
}

impl fmt::Display for Delay {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format_duration;
        match *self {
            Self::Fixed(time) => write!(out, "{}", text(time)),
            Self::Uniform { from, to } => write!(out, "{} to {}", text(from), text(to)),
            Self::Lognormal { p50, p99, max } => {
                write!(out, "about {}, 1 in 100 more than {}, at most {}", text(p50), text(p99), text(max))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn ms(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    fn drawn(delay: Delay) -> Vec<Duration> {
        let mut drawn: Vec<Duration> =
            (0..2000).map(|ordinal| delay.draw(&mut Chance::new(1, "slow", ordinal))).collect();
        drawn.sort();
        drawn
    }

    #[test]
    fn a_uniform_delay_fills_its_bounds() {
        let drawn = drawn(Delay::Uniform { from: ms(10), to: ms(20) });
        assert_eq!((drawn[0], drawn[drawn.len() - 1]), (ms(10), ms(20)));
        let median = drawn[drawn.len() / 2];
        assert!((ms(14)..=ms(16)).contains(&median), "{median:?}");
    }

    #[test]
    fn a_lognormal_delay_has_its_quantiles() {
        let drawn = drawn(Delay::Lognormal { p50: ms(80), p99: ms(900), max: ms(2000) });
        let median = drawn[drawn.len() / 2];
        let high = drawn[drawn.len() * 99 / 100];
        assert!((ms(72)..=ms(88)).contains(&median), "{median:?}");
        assert!((ms(650)..=ms(1300)).contains(&high), "{high:?}");
        assert!(drawn[drawn.len() - 1] <= ms(2000));
    }

    #[test]
    fn bounds_that_stand_backwards_are_told() {
        let delay = Delay::Lognormal { p50: ms(80), p99: ms(900), max: ms(50) };
        assert_eq!(delay.mistake().as_deref(), Some("`p50: 80ms` is more than `max: 50ms`"));
        assert_eq!(Delay::Uniform { from: ms(1), to: ms(1) }.mistake(), None);
    }
}
