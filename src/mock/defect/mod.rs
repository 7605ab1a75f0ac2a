//! Deliberate violations: one file and one line of the registry each. No fault, no policy: a legal
//! way to answer is never a defect.

mod arming;
mod behaviour;
mod evidence;
mod stray;

use std::fmt;

pub(super) use arming::ARMINGS;
pub use arming::Arming;
pub(super) use behaviour::{Behaviour, Patience};

use crate::mock::configuration::Configuration;
pub use crate::mock::protocol::Operation;
use crate::mock::server::World;
use crate::mock::server::message::Request;

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
    behaviour: &'static dyn Behaviour,
}

impl fmt::Debug for Defect {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.id)
    }
}

/// The behaviours that strike in this exchange, in the order in which they were armed.
pub(super) fn armed(
    configuration: &Configuration,
    world: &mut World,
    operation: Operation,
) -> Vec<&'static dyn Behaviour> {
    let touching = configuration
        .defects
        .iter()
        .filter(|(defect, _)| defect.affects.iter().any(|(affected, _)| *affected == operation));
    touching
        .filter(|(defect, arming)| {
            arming.strikes(configuration.seed, defect.id, world.count_exchange(defect.id))
        })
        .map(|(defect, _)| defect.behaviour)
        .collect()
}

/// The operation as which a defect serves a path that is not served otherwise.
pub(super) fn reroute(configuration: &Configuration, request: &Request) -> Option<Operation> {
    configuration.defects.iter().find_map(|(defect, _)| defect.behaviour.reroute(request))
}

macro_rules! registry {
    ($($folder:ident { $($name:ident),+ $(,)? })+) => {
        $(mod $folder { $(pub(super) mod $name;)+ })+

        /// Every defect, protocol by protocol and clause by clause.
        pub static DEFECTS: &[Defect] = &[$($($folder::$name::DEFECT),+),+];
    };
}

registry! {
    uipath {
        async_11_302_instead_of_303,
    }
}
