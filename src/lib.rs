//! orchspec: a protocol conformance harness for task orchestrators.

pub mod check;
pub mod cli;
pub mod clock;
pub mod diagnostic;
pub mod http;
pub mod json;
pub mod mock;
pub mod outcome;
pub mod plan;
pub mod profile;
pub mod report;
pub mod requirement;
pub mod runner;
pub mod scenario;
pub mod source;
pub mod system;
pub mod target;
pub mod yaml;
