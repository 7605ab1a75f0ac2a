//! The part of the mock that has connections and timers; it hands instants to everything else.

mod connection;
mod delivery;
mod disturbance;
mod exchange;
mod followed;
mod forgotten;
mod frames;
mod limits;
mod mangle;
pub(super) mod message;
mod passage;
mod progress;
mod scripts;
mod serve;
mod session;
mod takeover;
#[cfg(test)]
mod tests;
mod traffic;
mod wait;
mod wire;
mod world;

pub(super) use connection::{Front, Terms};
pub(super) use disturbance::subject;
pub(super) use exchange::Exchange;
pub(super) use limits::SHAPE as LIMITS_SHAPE;
pub use limits::{LIMITS, Limit, LimitError, Limits};
pub(super) use serve::{Link, Stop, builder, serve};
pub(super) use session::{Kept, Shared};
pub use session::{Listener, Session};
pub use traffic::Traffic;
pub(super) use world::{Past, Ticket, World};
