//! A proposed snapshot beside the stored one.

use crate::outcome::SnapshotState;

/// What a run proposed.
#[derive(Debug)]
pub(super) struct Proposal {
    /// Its name below the folder.
    pub(super) name: String,
    /// The file of the scenario that takes it.
    pub(super) source: String,
    /// What is stored under its name, if anything is.
    pub(super) stored: Option<String>,
    /// What is proposed.
    pub(super) proposed: String,
}

impl Proposal {
    /// Whether it is new or changed.
    pub(super) fn state(&self) -> SnapshotState {
        if self.stored.is_some() { SnapshotState::Changed } else { SnapshotState::New }
    }

    /// What is stored, as lines; none if nothing is.
    pub(super) fn stored_lines(&self) -> String {
        self.stored.as_ref().map_or_else(String::new, |stored| format!("{stored}\n"))
    }

    /// What is proposed, as lines.
    pub(super) fn proposed_lines(&self) -> String {
        format!("{}\n", self.proposed)
    }
}
