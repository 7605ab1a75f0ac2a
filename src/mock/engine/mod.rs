//! The job engine: a pure state machine. Time is an argument; it knows neither protocols nor sockets.
//!
//! Invariants: a job's state only moves forward, a final state stays, every move is in the job's
//! history, and moves that are due happen in the order of their instants.

mod apply;
mod job;
mod lifecycle;
mod order;
#[cfg(test)]
mod tests;

pub(crate) use apply::{Engine, Room};
pub(crate) use job::{Job, JobKey};
pub(crate) use lifecycle::{Cause, State, Transition};
pub(crate) use order::{Ending, Order, Script};
