//! Mutants: the mock with one defect each, and what the suite finds of them.
//!
//! The plan is run once on the clean mock and once for each defect, in virtual time. A mutant is killed when a check
//! that cites a requirement of its defect is violated, whatever verdict the level makes of that; what the clean mock
//! shows as well proves nothing. Nothing is printed here and no file is read: a [`KillMatrix`] is plain data.

mod baseline;
mod bench;
mod example;
mod matrix;
mod mutant;
mod pool;
#[cfg(test)]
mod sample;
mod score;
mod self_check;

pub use baseline::Baseline;
pub use bench::{Bench, Connect};
pub use example::{Example, example};
pub use matrix::{Broken, KillMatrix, Totals, measure};
pub use mutant::{Fate, Kill, Mutant, attempt, kills};
pub use score::Score;
pub use self_check::{Objection, self_check};
