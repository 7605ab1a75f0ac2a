//! A table that holds no more than so many entries: what came first is forgotten first.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

use foldhash::fast::RandomState;

/// So many of each kind are remembered: more jobs than one session holds at once.
const MOST: usize = 1 << 17;

/// A table that forgets.
#[derive(Debug, Clone)]
pub(in crate::mock) struct Bounded<K, V> {
    entries: HashMap<K, V, RandomState>,
    order: VecDeque<K>,
    most: usize,
}

impl<K, V> Default for Bounded<K, V> {
    fn default() -> Self {
        Self { entries: HashMap::default(), order: VecDeque::new(), most: MOST }
    }
}

impl<K: Eq + Hash + Copy, V: Default> Bounded<K, V> {
    pub(in crate::mock) fn get(&self, key: K) -> Option<&V> {
        self.entries.get(&key)
    }

    /// The value of this key, to be changed; a new one, if there is none.
    pub(in crate::mock) fn entry(&mut self, key: K) -> &mut V {
        if !self.entries.contains_key(&key) {
            self.order.push_back(key);
            if self.order.len() > self.most
                && let Some(oldest) = self.order.pop_front()
            {
                self.entries.remove(&oldest);
            }
        }
        self.entries.entry(key).or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_goes_first() {
        let mut table: Bounded<u32, u32> = Bounded { most: 2, ..Bounded::default() };
        for key in [1, 2, 1, 3] {
            *table.entry(key) += 10;
        }
        assert_eq!((table.get(1), table.get(2), table.get(3)), (None, Some(&10), Some(&10)));
        assert_eq!((table.entries.len(), table.order.len()), (2, 2));
    }
}
