//! Faults: disturbances that the protocols allow. A plan says which calls meet which of them; a fault changes a call's
//! way, never what the server does.
//!
//! Whatever a call changes is changed before any delay and any fault. The exceptions are the phases `accept` and
//! `before_commit`, where the server never hears of the call.

mod action;
mod calls;
mod check;
pub mod damage;
mod decode;
mod delay;
mod meeting;
mod phase;
mod plan;
mod preset;
mod rule;
mod shape;
mod subject;
mod tally;
#[cfg(test)]
mod tests;
mod when;
mod written;

pub use action::{Action, action, actions};
pub(in crate::mock) use action::{Advice, Effect, Substitute};
pub use damage::Damage;
pub use decode::{from_json, parse, plan_or_preset, rules};
pub use delay::Delay;
pub use meeting::{Considered, FaultCount};
pub(in crate::mock) use meeting::{Encounter, Meetings, Struck};
pub use phase::Phase;
pub use plan::{Budget, FaultError, FaultPlan};
pub use preset::{PRESETS, Preset, preset};
pub use rule::{CountBy, Fault};
pub use shape::{PLAN_OR_PRESET, RULES, SHAPE};
pub(in crate::mock) use subject::Subject;
use when::When;
