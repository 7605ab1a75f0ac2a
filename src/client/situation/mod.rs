//! Situations: what a mock is like, what a client is to do there, and how a right one ends. Data; it starts nothing.

mod decode;
mod shape;

use std::time::Duration;

use serde_json::Value;

use crate::mock::fault::FaultPlan;
use crate::rule::Rule;
use crate::source::Span;

pub use decode::parse;
pub use shape::SHAPE;

/// One situation.
#[derive(Debug, Clone)]
pub struct Situation {
    /// Its place below `situations/`, without the ending: `uipath/async-polling`.
    pub id: String,
    /// What happens in it, in one sentence.
    pub title: String,
    /// What the client is to do.
    pub task: Task,
    /// What the mock is like.
    pub setting: Setting,
    /// How long and how often the client may ask.
    pub limits: Limits,
    /// How a right client ends.
    pub client: Conduct,
    /// The rules that a right client exercises.
    pub exercises: Vec<&'static Rule>,
    /// Where it is written.
    pub span: Span,
}

/// What a client is to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    /// What kind of thing.
    pub action: Action,
    /// The name of the trigger or process.
    pub fixture: String,
    /// The arguments of the job.
    pub arguments: Value,
    /// The file that is to be fetched.
    pub file: Option<String>,
    /// Whether the job ends in an error.
    pub fails: bool,
    /// Whether the job never ends.
    pub endless: bool,
}

/// What kind of thing a client is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Start a job by its trigger and report its result.
    Invoke,
    /// Create a task and report its output.
    Run,
    /// Create a task and take it out of the queue.
    Cancel,
    /// Create a task, wait for its end, and cancel it then.
    CancelDone,
    /// Create a task, wait for its end, and fetch a file.
    Download,
}

impl Action {
    /// The word for each in files and in the environment of clients.
    pub const WORDS: [(&'static str, Self); 5] = [
        ("invoke", Self::Invoke),
        ("run", Self::Run),
        ("cancel", Self::Cancel),
        ("cancel-done", Self::CancelDone),
        ("download", Self::Download),
    ];

    /// The word for it.
    pub fn word(self) -> &'static str {
        Self::WORDS[self as usize].0
    }

    /// The name of the profile that it belongs to.
    pub fn profile(self) -> &'static str {
        if self == Self::Invoke { "uipath" } else { "elma" }
    }
}

/// What the mock is like, as far as that is not the default.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// Policy keys of the mock with their values.
    pub policies: Vec<(String, String)>,
    /// Whose credential the client gets.
    pub principal: String,
    /// Whether only the initial call of a long poll needs the bearer.
    pub initial_only: bool,
    /// How long a waiting call is held; nothing if as long as usual.
    pub hold: Option<Duration>,
    /// Whether references lead to another origin.
    pub foreign: bool,
    /// What happens to calls on their way.
    pub faults: FaultPlan,
}

/// How long and how often a client may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The pause between two looks that the client is told.
    pub interval: Duration,
    /// How many looks the client is told to make at the most.
    pub attempts: u64,
    /// How long it may run.
    pub time: Duration,
    /// After how many requests it is stopped.
    pub requests: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            interval: Duration::from_millis(50),
            attempts: 40,
            time: Duration::from_mins(1),
            requests: 120,
        }
    }
}

/// How a client ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conduct {
    /// With status 0.
    Success,
    /// With any other status.
    Failure,
    /// Either way.
    Either,
}

impl Conduct {
    /// The word for each.
    pub const WORDS: [(&'static str, Self); 3] =
        [("success", Self::Success), ("failure", Self::Failure), ("either", Self::Either)];
}
