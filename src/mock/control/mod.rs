//! What others may do to the mock from outside the protocols: a harness by hooks, a person or a test by the control
//! API, a Rust program by methods. All three go the same way.

mod api;
mod faults;
mod hook;
mod jobs;
mod listener;
mod naming;
mod scripting;
mod selection;
#[cfg(test)]
mod tests;
mod time;
mod watching;

pub(super) use api::{Body, Steering, is_below_prefix, respond, serve};
pub use faults::SketchedCall;
pub use jobs::{JobView, Move, SteerError};
pub(super) use listener::answer;
pub use naming::NamingError;
pub use scripting::{ScriptError, Scripted};
pub use time::{Advanced, ClockError, Until};
pub use watching::{Awaited, Count};
