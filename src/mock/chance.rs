//! Chance that repeats itself: numbers that depend on a seed, a name and an ordinal, and on nothing else.

use std::time::Duration;

/// A generator of numbers (`SplitMix64`). Two names never share their numbers.
#[derive(Debug, Clone)]
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64, name: &str, ordinal: u64) -> Self {
        let text = format!("{seed}:{name}:{ordinal}");
        let digest = ring::digest::digest(&ring::digest::SHA256, text.as_bytes());
        Self(digest.as_ref().iter().take(8).fold(0, |start, byte| start << 8 | u64::from(*byte)))
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`; 0 if there is none.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.next().checked_rem(bound).unwrap_or_default()
    }

    /// A number from 0 up to, but not including, 1.
    pub(crate) fn fraction(&mut self) -> f64 {
        const BITS: u32 = 53;
        #[expect(clippy::cast_precision_loss, reason = "so many bits are just what the number can hold")]
        {
            (self.next() >> (u64::BITS - BITS)) as f64 / (1_u64 << BITS) as f64
        }
    }

    pub(crate) fn one_in(&mut self, count: u64) -> bool {
        self.below(count) == 0
    }

    /// One of the items; nothing of none.
    pub(crate) fn pick<T: Copy>(&mut self, items: &[T]) -> Option<T> {
        let index = usize::try_from(self.below(items.len() as u64)).unwrap_or_default();
        items.get(index).copied()
    }

    /// A whole number of milliseconds up to `most`.
    pub(crate) fn up_to(&mut self, most: Duration) -> Duration {
        let most = u64::try_from(most.as_millis()).unwrap_or(u64::MAX);
        Duration::from_millis(self.below(most.saturating_add(1)))
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = usize::try_from(self.below(last as u64 + 1)).unwrap_or(last);
            items.swap(last, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seed_name_and_ordinal_decide_and_nothing_else() {
        let draw = |seed, name, ordinal| Chance::new(seed, name, ordinal).next();
        assert_eq!(draw(1, "a", 1), draw(1, "a", 1));
        assert_ne!(draw(1, "a", 1), draw(2, "a", 1));
        assert_ne!(draw(1, "a", 1), draw(1, "b", 1));
        assert_ne!(draw(1, "a", 1), draw(1, "a", 2));
    }

    #[test]
    fn a_duration_stays_below_its_bound() {
        let most = Duration::from_millis(3);
        let mut chance = Chance::new(0, "a", 0);
        let drawn: std::collections::BTreeSet<_> = (0..100).map(|_| chance.up_to(most)).collect();
        assert_eq!(drawn.len(), 4, "{drawn:?}");
        assert_eq!(drawn.last(), Some(&most));
    }
}
