//! The configuration file of a mock, decoded: what a team's own processes and triggers are, and how the mock behaves.

mod decode;
mod fixtures;
mod json;
mod limits;
mod shape;
#[cfg(test)]
mod tests;

pub use decode::{Input, Setup, hold_above_cap, parse};
pub(in crate::mock) use json::{configuration, script};
pub(in crate::mock) use shape::SCRIPT;
pub use shape::SHAPE;
