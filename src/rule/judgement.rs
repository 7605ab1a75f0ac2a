//! What a rule saw: how often it had something to look at, and what was not as it should be.

use super::course::Exchange;
use crate::outcome::CheckOutcome;

/// What one rule found in one course.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judgement {
    /// How often there was something to look at.
    pub exercised: u64,
    /// The journal's numbers of the first exchanges that were looked at.
    pub evidence: Vec<u64>,
    /// What was not as it should be, in the order found.
    pub deviations: Vec<Deviation>,
    /// What may not have been as it should be, where that cannot be told.
    pub doubts: Vec<Deviation>,
}

/// Something that was not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deviation {
    /// The journal's number of the exchange that shows it.
    pub exchange: u64,
    /// What was looked at: `header authorization`.
    pub place: &'static str,
    /// What should have been there.
    pub expected: String,
    /// What was there.
    pub actual: String,
}

impl Judgement {
    /// Nothing to look at so far.
    pub fn new() -> Self {
        Self::default()
    }

    /// Looks at one exchange: it is as it should be, unless there is a deviation.
    pub fn look(&mut self, exchange: &Exchange, deviation: Option<Deviation>) {
        const SHOWN: usize = 3;
        self.exercised += 1;
        if self.evidence.len() < SHOWN {
            self.evidence.push(exchange.number);
        }
        self.deviations.extend(deviation);
    }

    /// What came of it, as the check that the rule is.
    pub fn outcome(&self) -> CheckOutcome {
        match (self.deviations.is_empty(), self.doubts.is_empty(), self.exercised) {
            (false, ..) => CheckOutcome::Violated,
            (true, false, _) => CheckOutcome::NotReached,
            (true, true, 0) => CheckOutcome::Vacuous,
            (true, true, _) => CheckOutcome::Held,
        }
    }
}
