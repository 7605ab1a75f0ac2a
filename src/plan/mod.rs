//! Scenarios and a target to test cases: what runs, what binds to what, and why the rest does not.
//!
//! Everything that can be known before the first request is settled here: names, checks, schemas, bindings,
//! predicted durations. The runner only executes what a [`Plan`] says.

mod bind;
mod build;
mod callback;
mod capture;
mod compile;
mod fragment;
mod implied;
mod lint;
mod names;
mod needs;
mod predict;
mod principal;
mod program;
pub mod registry;
mod same_branches;
mod schemas;
mod select;
mod shard;
mod snapshot_name;
mod suite;
mod uncovered;
mod unjudged;
mod unused;

pub(crate) use bind::planned;
pub use build::{NotRun, Plan, TestCase, build};
pub use compile::{Parts, compile};
pub use lint::lint;
pub use names::name_forms;
pub use principal::lint_principals;
pub use program::{
    Act, AwaitAct, CheckId, CheckInfo, FollowAct, HookAct, InputAct, Instruction, NumberedCheck, PollAct,
    Program, QuantifierAct, RepeatAct, SnapshotAct, UseAct, WayAct, every_step,
};
pub use registry::lint_registries;
pub use schemas::BodySchemas;
pub use select::Filter;
pub use shard::{Rest, Shard};
pub use suite::{Suite, SuiteFile, SuiteFiles, decode, load};
pub use unjudged::unjudged;
pub use unused::lint_fragments;
