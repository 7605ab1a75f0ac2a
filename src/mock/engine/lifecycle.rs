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
    /// The word for it, whatever the protocol.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Prepared => "prepared",
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
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
    /// The word for it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::Limit => "limit",
            Self::Caller => "caller",
            Self::Hook => "hook",
        }
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
