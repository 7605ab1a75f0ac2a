//! What the runner tells while it runs; whoever listens decides what to show.

use std::time::Duration;

use super::{CaseOutcome, RunOutcome, Selection, TargetSummary};

/// Something that happened in a run.
#[derive(Debug, Clone, Copy)]
pub enum Event<'a> {
    /// The cases are known and the first is about to start.
    Started {
        /// How many cases will run.
        cases: usize,
        /// How many jobs they ask the server to create at the most.
        jobs: u64,
        /// Digest over the suite's files.
        suite_digest: &'a str,
        /// The implementation under test.
        target: &'a TargetSummary,
        /// What was asked for.
        selection: &'a Selection,
    },
    /// A case began.
    CaseStarted {
        /// Its id.
        id: &'a str,
    },
    /// A case waits.
    Waiting {
        /// The case's id.
        id: &'a str,
        /// For what.
        wait: Wait,
        /// How long it is ready to go on waiting.
        remaining: Duration,
    },
    /// A case ended.
    CaseFinished(&'a CaseOutcome),
    /// The run ended.
    Finished(&'a RunOutcome),
}

/// What a case waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// The next attempt of a poll.
    Attempt {
        /// How many there were.
        attempt: u32,
        /// The status code that came last.
        last_status: Option<u16>,
    },
    /// The end of an answer that was asked for so long ago.
    Answer(Duration),
    /// Calls of the server, of which so many have come.
    CallBacks(usize),
    /// The end of a client that was started so long ago.
    Client(Duration),
}

/// Takes events; called from several tasks at once.
pub trait Sink: Send + Sync {
    /// Takes one event; must not block for long.
    fn emit(&self, event: Event<'_>);
}

/// Several who listen, as one.
impl Sink for Vec<&dyn Sink> {
    fn emit(&self, event: Event<'_>) {
        for sink in self {
            sink.emit(event);
        }
    }
}

/// Takes events and forgets them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Sink for Silent {
    fn emit(&self, _: Event<'_>) {}
}
