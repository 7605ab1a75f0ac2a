//! A client in place of the server under judgement: what it did to a mock, and whether that was right.
//!
//! A [`situation`] says what the mock is like and what the client is to do there; the mock's journal tells what it did;
//! [`judge`] makes an outcome of what the rules found in that, and [`watched`] of what clients did to a mock that is there
//! for everybody. Nothing here starts a process or opens a socket.

pub mod contract;
pub mod judge;
pub mod situation;
pub mod tally;
pub mod watched;

pub use judge::{Judged, Suite};
pub use situation::Situation;
