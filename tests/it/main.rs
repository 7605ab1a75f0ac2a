//! The ordinary integration tests, in one binary so that it links once.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails where it is")]

mod architecture;
mod cli;
mod orchspec;
mod readme;
mod snapshots;
