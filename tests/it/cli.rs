//! The real program: what it says to wrong arguments and files, and what its commands print.

mod bad_input;
mod baseline;
mod commands;
mod diagnostics;
mod help;
mod mutants;
mod pages;
mod reports;
mod running;
mod shards;
mod shells;
mod suites;
