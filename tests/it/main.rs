//! The ordinary integration tests, in one binary so that it links once.

mod architecture;
mod cli;
mod orchspec;
mod readme;
