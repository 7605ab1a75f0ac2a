//! Several recorded runs beside each other. Everything here is data from data: no file is read, and nothing is written.

pub mod difference;
pub mod matrix;
mod merge;
mod recount;

pub use difference::Difference;
pub use matrix::Matrix;
pub use merge::merge;
pub use recount::recount;

#[cfg(test)]
pub(crate) mod sample;

use crate::outcome::RunOutcome;

/// A run under the name of its report.
#[derive(Debug, Clone, Copy)]
pub struct Run<'a> {
    /// What messages and tables call it.
    pub name: &'a str,
    /// What came of it.
    pub outcome: &'a RunOutcome,
}
