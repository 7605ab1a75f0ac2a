//! Scenarios as written: YAML tree to typed steps, with every name resolved.

pub mod template;

pub use template::{Datum, Lookup, Template, Unbound};
