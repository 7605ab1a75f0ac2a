//! Faults: disturbances that the protocols allow. A fault meets one call by its place among the calls of its kind, and
//! changes the call's way, never what the server does.

mod action;
pub mod damage;
mod meeting;
#[cfg(test)]
mod tests;

use std::sync::Arc;

pub use action::Action;
pub use damage::Damage;
pub(in crate::mock) use meeting::Meetings;

use crate::mock::protocol::Operation;

/// One disturbance of one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Its name in the journal.
    pub name: Arc<str>,
    /// The kind of call that it meets.
    pub on: Operation,
    /// Which call of that kind it meets, the first being 1.
    pub nth: u64,
    /// What it does to the call.
    pub action: Action,
}
