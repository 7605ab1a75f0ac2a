//! How much a mock takes from its callers before it lets go of them. Knows no protocol.

use std::time::Duration;

/// The bounds of a mock that listens to anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Connections at once; further ones are closed.
    pub connections: usize,
    /// Bytes of a request's head.
    pub head: usize,
    /// Header lines of a request.
    pub headers: usize,
    /// How long a request may take to come in.
    pub patience: Duration,
    /// Bytes of a request's body.
    pub body: usize,
    /// Calls of one session that wait for their jobs; further ones are told to come again.
    pub parked: usize,
    /// Jobs that one session remembers; beyond it those that ended first are forgotten.
    pub jobs: usize,
    /// Entries that one session's journal keeps.
    pub journal: usize,
    /// Sessions at once.
    pub sessions: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 65_536,
            head: 64 << 10,
            headers: 100,
            patience: Duration::from_secs(30),
            body: 16 << 20,
            parked: 60_000,
            jobs: 100_000,
            journal: 65_536,
            sessions: 1_000,
        }
    }
}
