//! A client in place of the server under judgement: what it did to a mock, and whether that was right.
//!
//! A [`situation`] says what the mock is like and what the client is to do there; [`observe`] turns the mock's journal
//! into a [`course`] of exchanges; the rules in [`verdict`] look at that course alone; [`judge`] makes an outcome of
//! what they found. Nothing here starts a process or opens a socket.

pub mod contract;
pub mod course;
pub mod judge;
pub mod observe;
pub mod situation;
pub mod tally;
pub mod verdict;

pub use course::{Answer, Course, End, Exchange, Operation, Report};
pub use judge::{Judged, Suite};
pub use situation::Situation;
pub use verdict::{RULES, Rule};
