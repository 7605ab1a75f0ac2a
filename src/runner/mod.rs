//! Runs test cases against a network; prints nothing, writes nothing, returns what happened.
//!
//! A [`World`] says what the cases run against: one real server that all of them share, or a server of its own
//! for each case, in this process and on a clock that jumps. Waiting is always for a socket or a timer.

mod adapter;
mod allowance;
mod callback;
mod captures;
mod case;
mod context;
mod controls;
mod dispatch;
mod either;
mod exchange;
mod follow;
mod fragment;
mod greeting;
mod group;
mod hook;
mod interrupt;
mod judge;
mod ledger;
mod nearest;
mod patience;
mod poll;
mod poll_verdict;
mod preflight;
mod random;
mod recording;
mod scope;
mod snapshot;
mod step;
mod summary;
#[cfg(test)]
mod tests;
mod verdicts;

pub use callback::Listening;
pub use dispatch::{Run, Settings, Start, Started, World, run};
pub use greeting::greet_hooks;
pub use interrupt::{Interrupt, Interrupter};
pub use preflight::{Cause, Unreachable, preflight};
