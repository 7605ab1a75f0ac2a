//! Which fault a call meets: calls are counted by their kind.

use std::collections::BTreeMap;

use super::Fault;
use crate::mock::protocol::Operation;

/// How many calls of each kind there were.
#[derive(Debug, Clone, Default)]
pub(in crate::mock) struct Meetings(BTreeMap<Operation, u64>);

impl Meetings {
    /// Counts one more call, and gives the fault that it meets: the first that fits.
    pub(in crate::mock) fn meet<'a>(
        &mut self,
        faults: &'a [Fault],
        operation: Operation,
    ) -> Option<&'a Fault> {
        let count = self.0.entry(operation).or_default();
        *count += 1;
        faults.iter().find(|fault| fault.on == operation && fault.nth == *count)
    }
}
