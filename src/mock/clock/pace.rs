//! How a mock's time passes, as people write it.

use std::fmt;

/// How a mock's time passes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ClockMode {
    /// As ours does.
    #[default]
    Real,
    /// This many times as fast.
    Scale(u32),
    /// Only when the control API moves it.
    Virtual,
    /// By itself: onwards with every look at a job, and to the next event when every caller waits.
    Auto,
}

impl ClockMode {
    /// The written forms.
    pub const FORMS: [&str; 4] = ["real", "scale:N", "virtual", "auto"];

    /// Reads `real`, `scale:60`, `virtual` or `auto`.
    pub fn parse(text: &str) -> Option<Self> {
        const FASTEST: u32 = 1_000_000;
        match text.split_once(':') {
            None => match text {
                "real" => Some(Self::Real),
                "virtual" => Some(Self::Virtual),
                "auto" => Some(Self::Auto),
                _ => None,
            },
            Some(("scale", factor)) => {
                factor.parse().ok().filter(|factor| (1..=FASTEST).contains(factor)).map(Self::Scale)
            }
            Some(_) => None,
        }
    }
}

impl fmt::Display for ClockMode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Real => formatter.write_str("real"),
            Self::Scale(factor) => write!(formatter, "scale:{factor}"),
            Self::Virtual => formatter.write_str("virtual"),
            Self::Auto => formatter.write_str("auto"),
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("real", Some(ClockMode::Real))]
    #[case("scale:60", Some(ClockMode::Scale(60)))]
    #[case("virtual", Some(ClockMode::Virtual))]
    #[case("auto", Some(ClockMode::Auto))]
    #[case("scale:0", None)]
    #[case("scale", None)]
    #[case("auto:2", None)]
    #[case("scale:4000000000", None)]
    fn modes_are_read_as_they_are_written(#[case] text: &str, #[case] expected: Option<ClockMode>) {
        assert_eq!(ClockMode::parse(text), expected);
        assert!(expected.is_none_or(|mode| mode.to_string() == text));
    }
}
