//! Which of the calls that a fault could meet it meets: by their place in a row, by the time, by chance.

use std::time::Duration;

/// Conditions for a call to be met; all that are given must hold.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct When {
    /// The places in the row, the first being 1; none: any.
    pub(super) nth: Vec<u64>,
    /// Every so many-th call.
    pub(super) every: Option<u64>,
    /// The first place.
    pub(super) from: Option<u64>,
    /// The last place.
    pub(super) to: Option<u64>,
    /// Between these instants of the mock's clock, the second not included.
    pub(super) window: Option<(Duration, Duration)>,
    /// With this probability.
    pub(super) probability: Option<f64>,
    /// Which attempt at the same thing, the first being 1.
    pub(super) attempt: Option<u64>,
}

impl When {
    /// Whether the call at this place can be met.
    pub(super) fn fits_place(&self, place: u64) -> bool {
        (self.nth.is_empty() || self.nth.contains(&place))
            && self.every.is_none_or(|every| place.checked_rem(every) == Some(0))
            && self.from.is_none_or(|from| place >= from)
            && self.to.is_none_or(|to| place <= to)
    }

    /// Whether a call at this instant can be met.
    pub(super) fn fits_time(&self, now: Duration) -> bool {
        self.window.is_none_or(|(from, to)| from <= now && now < to)
    }

    /// Whether a call after so many that met faults in a row can be met.
    pub(super) fn fits_streak(&self, streak: u64) -> bool {
        self.attempt.is_none_or(|attempt| attempt == streak + 1)
    }

    /// Whether every call at a place that fits is met, whenever it comes.
    pub(super) fn is_certain(&self) -> bool {
        self.window.is_none() && self.probability.is_none_or(|chance| chance >= 1.0) && self.attempt.is_none()
    }

    /// Whether the place does not matter.
    pub(super) fn is_any_place(&self) -> bool {
        self.nth.is_empty()
            && self.every.is_none_or(|every| every == 1)
            && self.from.is_none_or(|from| from <= 1)
            && self.to.is_none()
    }

    /// The places that are met, if they can be counted.
    pub(super) fn places(&self) -> Option<Vec<u64>> {
        /// Nobody writes a row so long that the rest of it would matter.
        const MOST: u64 = 10_000;
        match (self.nth.as_slice(), self.to) {
            ([], None) => None,
            ([], Some(to)) if to > MOST => None,
            ([], Some(to)) => Some((1..=to).filter(|place| self.fits_place(*place)).collect()),
            (nth, _) => Some(nth.to_vec()),
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(When { nth: vec![1, 4], ..When::default() }, &[1, 4])]
    #[case(When { every: Some(2), ..When::default() }, &[2, 4, 6])]
    #[case(When { from: Some(3), to: Some(5), ..When::default() }, &[3, 4, 5])]
    #[case(When { from: Some(3), every: Some(3), ..When::default() }, &[3, 6])]
    #[case(When::default(), &[1, 2, 3, 4, 5, 6])]
    fn places_in_a_row(#[case] when: When, #[case] expected: &[u64]) {
        let met: Vec<u64> = (1..=6).filter(|place| when.fits_place(*place)).collect();
        assert_eq!(met, expected);
    }

    #[test]
    fn a_window_begins_with_its_first_instant_and_ends_before_its_last() {
        let seconds = Duration::from_secs;
        let when = When { window: Some((seconds(10), seconds(20))), ..When::default() };
        let met: Vec<u64> = [9, 10, 19, 20].into_iter().filter(|at| when.fits_time(seconds(*at))).collect();
        assert_eq!(met, [10, 19]);
    }
}
