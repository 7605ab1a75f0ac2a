//! Faults as their rules say them, and as a caller meets them.

mod meetings;
mod plans;
mod wire;
