//! A fault plan: rules in their order, and a ceiling over those that depend on chance.

use std::fmt;
use std::sync::Arc;

use super::Fault;
use super::check;

/// A fault plan. Its rules are tried in their order, and the first one that meets a call is the only one, delays aside
/// that combine. Cheap to clone.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FaultPlan {
    pub(super) title: Option<Arc<str>>,
    pub(super) seed: Option<u64>,
    pub(super) budget: Budget,
    pub(super) rules: Arc<[Fault]>,
}

/// The ceiling over rules that depend on chance and make calls fail: no rule goes beyond it. Nothing is no ceiling.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Budget {
    /// How many calls about one thing fail one after the other.
    pub max_consecutive: Option<u64>,
    /// How many calls about one job fail.
    pub max_per_job: Option<u64>,
}

impl FaultPlan {
    /// A plan of these rules; an error, if two of them have one name, or if one can never meet a call.
    pub fn new(rules: impl IntoIterator<Item = Fault>) -> Result<Self, FaultError> {
        let rules: Arc<[Fault]> = rules.into_iter().collect();
        match check::mistakes(&rules).into_iter().next() {
            None => Ok(Self { rules, ..Self::default() }),
            Some(mistake) => Err(FaultError(mistake.message)),
        }
    }

    /// The same plan with chances from this seed; from the mock's own, if none is given.
    #[must_use]
    pub fn with_seed(self, seed: u64) -> Self {
        Self { seed: Some(seed), ..self }
    }

    /// The same plan under this ceiling.
    #[must_use]
    pub fn with_budget(self, budget: Budget) -> Self {
        Self { budget, ..self }
    }

    /// What it is for, if it says so.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// Where its chances come from, if it says so.
    pub fn seed(&self) -> Option<u64> {
        self.seed
    }

    /// The ceiling.
    pub fn budget(&self) -> Budget {
        self.budget
    }

    /// Its rules, in their order.
    pub fn rules(&self) -> &[Fault] {
        &self.rules
    }

    /// Whether nothing happens to any call.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }
}

/// Why something is no fault plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultError(pub(super) String);

impl fmt::Display for FaultError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for FaultError {}
