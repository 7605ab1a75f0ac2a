//! The mock judges its clients: its journal as a course of exchanges, which the rules look at.

mod observe;

pub use observe::exchanges;
