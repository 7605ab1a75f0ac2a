//! The part of the mock that has connections and timers; it hands instants to everything else.

mod delivery;
mod exchange;
mod frames;
pub(super) mod message;
mod mock;
mod traffic;
mod wait;
mod wire;
mod world;

pub(super) use exchange::Exchange;
pub use mock::{Listener, Mock};
pub use traffic::Traffic;
pub(super) use world::{Past, Ticket, World};
