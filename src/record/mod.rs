//! A real client's traffic as a scenario: a reverse proxy passes it on and keeps it, and what was kept is written in
//! the suite's language.
//!
//! What is written was seen. What the language cannot say is told in comments and remarks, never dropped in silence,
//! and no credential gets into a file. Nothing here knows a file, a process or a terminal.

mod compose;
mod control;
mod dialect;
mod emit;
mod fold;
mod golden;
mod line;
mod need;
pub mod proxy;
mod secret;
mod step;
mod tape;
#[cfg(test)]
mod tests;
mod transcript;
mod variable;

pub use compose::{Setting, Written, compose};
pub use tape::{Mishap, Tape, Taped};
