//! What is said of a defect: its name, what it breaks, where it shows, where it comes from.

use std::collections::BTreeSet;
use std::fmt;

use super::{Arming, Behaviour, Operation};
use crate::mock::Traffic;

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

impl Aspect {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Header => "header",
            Self::Body => "body",
            Self::Timing => "timing",
            Self::State => "state",
        }
    }
}

/// Where a defect comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provenance {
    /// A real server was seen to do it, or something like it: where that is told.
    Observed(&'static str),
    /// The documents contradict themselves here, or invite it: how.
    Doc(&'static str),
    /// Thought up, as something a real server could do.
    Invented,
}

impl Provenance {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Observed(_) => "observed",
            Self::Doc(_) => "doc",
            Self::Invented => "invented",
        }
    }

    /// Where it was seen, or what in the documents invites it.
    pub fn source(self) -> Option<&'static str> {
        match self {
            Self::Observed(source) | Self::Doc(source) => Some(source),
            Self::Invented => None,
        }
    }
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
    pub(in crate::mock) behaviour: &'static dyn Behaviour,
}

impl Defect {
    /// Whether it could strike in calls like these. If not, a mock that has it cannot be told from one without.
    pub fn could_strike(&self, traffic: &Traffic) -> bool {
        let touched: u64 = self.operations().map(|operation| traffic.of(operation)).sum();
        let strikes = match self.arming {
            Arming::Always | Arming::Chance(_) => touched > 0,
            Arming::Nth(nth) => touched >= nth,
        };
        strikes || traffic.has_unrouted()
    }

    /// Why nobody can tell it from what the protocol allows, if that is so.
    pub fn equivalent(&self) -> Option<&'static str> {
        self.behaviour.equivalent()
    }

    /// The kinds of calls that it touches, each once.
    pub fn operations(&self) -> impl Iterator<Item = Operation> {
        let touched: BTreeSet<Operation> = self.affects.iter().map(|(operation, _)| *operation).collect();
        touched.into_iter()
    }
}

impl fmt::Debug for Defect {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.id)
    }
}
