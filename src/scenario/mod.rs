//! Scenarios as written: a YAML tree becomes typed steps; expectations stay trees, for `check` to compile.
//!
//! Knows the words of the language and nothing of protocols, servers or verdicts.

mod ast;
mod callback;
mod decode;
mod decode_snapshot;
mod decode_step;
mod expand;
pub mod fragment;
mod row_name;
mod shape;
mod table;
pub mod template;

pub use ast::{
    Action, CaseRow, Disturb, Follow, HookCall, JobAsk, Needs, Poll, Quantifier, RedactWord, RedactedPart,
    Repeat, Scenario, SnapshotWord, Step, TraceWord, Use, Way, Words,
};
pub use callback::{Await, CALLBACK, CallbackAddress, CallbackAnswer, CallbackBody, Count, MOST_CALLS};
pub use decode::{id_of, parse};
pub use decode_step::{ACTIONS, ANY_STEP};
pub use fragment::Fragment;
pub use shape::{
    BLOCK_PLACEHOLDER, CAPTURE, FRAGMENT, INVARIANT_PLACEHOLDER, PLACE, PLACE_PLACEHOLDER, SCENARIO, STEP,
    rules,
};
pub use table::{Tables, is_table};
pub use template::{Datum, Lookup, Template, Unbound};

/// The principal of a step that names none.
pub const DEFAULT_PRINCIPAL: &str = "owner";

/// Principals that every target has: one without a credential, and one with a random one.
pub const UNREGISTERED_PRINCIPALS: [&str; 2] = ["anonymous", "unknown"];

/// What a hook step may ask for.
pub const HOOK_WORDS: [&str; 5] = ["hold", "release", "fail", "count", "inspect"];
