//! The states of a life, in their order, and the record of each move between them.

use std::time::Duration;

/// Where a job stands. The order of the variants is the order of a life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum State {
    Prepared,
    Queued,
    Running,
    Done,
    Failed,
    Cancelled,
}

impl State {
    /// All of them, by their words.
    pub(crate) const WORDS: [(&str, Self); 6] = [
        ("prepared", Self::Prepared),
        ("queued", Self::Queued),
        ("running", Self::Running),
        ("done", Self::Done),
        ("failed", Self::Failed),
        ("cancelled", Self::Cancelled),
    ];

    /// The word for it, whatever the protocol.
    pub(crate) fn word(self) -> &'static str {
        Self::WORDS[self as usize].0
    }

    pub(crate) fn is_final(self) -> bool {
        self >= Self::Done
    }

    pub(crate) fn is_waiting(self) -> bool {
        self <= Self::Queued
    }
}

/// Why a job moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cause {
    Time,
    Limit,
    Caller,
    Hook,
}

impl Cause {
    /// All of them, by their words.
    pub(crate) const WORDS: [(&str, Self); 4] =
        [("time", Self::Time), ("limit", Self::Limit), ("caller", Self::Caller), ("hook", Self::Hook)];

    /// The word for it.
    pub(crate) fn word(self) -> &'static str {
        Self::WORDS[self as usize].0
    }
}

/// One entry of a job's history; `version` is its place in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Transition {
    pub(crate) version: u64,
    pub(crate) from: State,
    pub(crate) to: State,
    pub(crate) cause: Cause,
    pub(crate) at: Duration,
}
