//! What is to close a gate, besides a violated obligation.

use crate::outcome::SnapshotState;

/// What besides a violated obligation closes the gate.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts, each of them a word of the command line or of the run"
)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Whether a warning counts as a violation (`--fail-on warn`).
    pub fail_on_warn: bool,
    /// Whether a MUST that is unattainable, or that no scenario judges, counts as undecided (`--gate full`).
    pub full: bool,
    /// Whether the run was cut short.
    pub interrupted: bool,
    /// Whether this is one of several shards: what must be seen somewhere may be seen in another one.
    pub part: bool,
    /// The states of a snapshot that count as violations.
    pub refused_snapshots: Vec<SnapshotState>,
    /// The faults that should have met a call, and met none: what they would have shown is undecided.
    pub unmet_faults: Vec<String>,
    /// The MUSTs of the suite's own registries that no scenario of it judges, whatever the policies; none where filters
    /// left scenarios out, of which one may judge them.
    pub unjudged: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            fail_on_warn: false,
            full: false,
            interrupted: false,
            part: false,
            refused_snapshots: vec![SnapshotState::Changed],
            unmet_faults: Vec::new(),
            unjudged: Vec::new(),
        }
    }
}
