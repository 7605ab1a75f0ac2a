//! Calls of the server under test: taken from the first moment of a case on, kept, answered as told, and looked at by
//! the steps that wait for them.

mod address;
mod mailbox;
mod reception;
mod stray;
mod wait;

pub use reception::Listening;

pub(super) use address::{Addresses, open};
pub(super) use reception::Reception;
pub(super) use wait::{note_all, perform};
