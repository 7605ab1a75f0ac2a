//! What a mock was asked for, call by kind of call; enough to tell whether a defect could have struck.

use std::collections::BTreeMap;

use crate::mock::protocol::Operation;

/// How many calls of each kind a mock has served.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Traffic {
    operations: BTreeMap<Operation, u64>,
    unrouted: u64,
}

impl Traffic {
    /// How many calls of this kind there were.
    pub fn of(&self, operation: Operation) -> u64 {
        self.operations.get(&operation).copied().unwrap_or_default()
    }

    /// How many calls there were of any kind.
    pub fn total(&self) -> u64 {
        self.operations.values().sum::<u64>() + self.unrouted
    }

    /// Whether a path was asked for at which nothing is served, unless a defect serves it.
    pub fn has_unrouted(&self) -> bool {
        self.unrouted > 0
    }

    /// Counts a call; `None` is one that leads nowhere.
    pub(super) fn count(&mut self, operation: Option<Operation>) {
        match operation {
            Some(operation) => *self.operations.entry(operation).or_default() += 1,
            None => self.unrouted += 1,
        }
    }
}
