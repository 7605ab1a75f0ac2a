//! What is said of a defect: its name, what it breaks, where it shows, where it comes from.

use std::fmt;

use super::{Arming, Behaviour, Operation};

/// What of an answer, or behind it, a defect changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aspect {
    /// The status code.
    Status,
    /// The headers.
    Header,
    /// The body.
    Body,
    /// When the answer comes.
    Timing,
    /// The jobs themselves; later answers show it.
    State,
}

/// Where a defect comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provenance {
    /// Real servers were seen to do it.
    Observed,
    /// The documents contradict themselves here, or invite it.
    Doc,
    /// Thought up, as something a real server could do.
    Invented,
}

/// One deliberate violation.
#[derive(Clone, Copy)]
pub struct Defect {
    /// The clause and a slug; never changed once given.
    pub id: &'static str,
    /// What the mock does then.
    pub sentence: &'static str,
    /// The requirements that it breaks.
    pub requirements: &'static [&'static str],
    /// Where it can be seen.
    pub affects: &'static [(Operation, Aspect)],
    /// Where it comes from.
    pub provenance: Provenance,
    /// When it strikes unless something else is said.
    pub arming: Arming,
    pub(super) behaviour: &'static dyn Behaviour,
}

impl fmt::Debug for Defect {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.id)
    }
}
