//! The part of the mock that has connections and timers; it hands instants to everything else.

mod connection;
mod delivery;
mod exchange;
mod frames;
mod limits;
pub(super) mod message;
mod passage;
mod progress;
mod scripts;
mod session;
mod traffic;
mod wait;
mod wire;
mod world;

pub(super) use connection::{Front, Terms, serve};
pub(super) use exchange::Exchange;
pub use limits::Limits;
pub(super) use session::Shared;
pub use session::{Listener, Session};
pub use traffic::Traffic;
pub(super) use world::{Past, Ticket, World};
