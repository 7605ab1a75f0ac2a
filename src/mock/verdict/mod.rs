//! The mock judges its clients: its journal as courses of exchanges, which the rules look at.

mod assertion;
mod credential;
mod flow;
mod index;
mod observe;
mod repetition;
mod session;
mod shape;
mod shown;
mod verdicts;
mod written;

pub use observe::exchanges;
pub(super) use session::Seen;
pub use shape::SHAPE;
pub use verdicts::{RuleVerdict, Verdicts};
