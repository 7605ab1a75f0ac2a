//! How many jobs a run may still ask the server to create. The plan keeps within the limit; cases that start over after a
//! 502 would not.

use std::sync::atomic::{AtomicU64, Ordering};

/// What is left of `limits.jobs`.
#[derive(Debug)]
pub(super) struct Allowance {
    limit: u64,
    left: AtomicU64,
}

impl Allowance {
    /// Nothing is used up yet.
    pub(super) fn new(limit: u64) -> Self {
        Self { limit, left: AtomicU64::new(limit) }
    }

    /// Takes one job; the error says why there is none to take.
    pub(super) fn take(&self) -> Result<(), String> {
        let taken = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
        taken.map(drop).map_err(|_| {
            format!(
                "not sent: limits.jobs ({}) is used up, because cases started over after a 502",
                self.limit
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_taken_than_there_is() {
        let allowance = Allowance::new(2);
        assert_eq!([allowance.take(), allowance.take()], [Ok(()), Ok(())]);
        assert!(allowance.take().unwrap_err().contains("limits.jobs (2) is used up"));
        assert!(allowance.take().is_err());
    }
}
