//! A job that was prepared on the server for the harness: a process or a trigger, and what is known of it.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;

/// A prepared job, as its entry in the target file describes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// The entry's key, a free name.
    pub label: String,
    /// What it is for.
    pub kind: JobKind,
    /// How it is started.
    pub entry: Entry,
    /// How long it runs.
    pub runs: Window,
    /// How long it waits before it runs.
    pub queued: Window,
    /// Whether it waits until a hook releases it.
    pub release_by_hook: bool,
    /// What it gives in the end, if that is declared.
    pub output: Option<Value>,
    /// What it gives of its arguments.
    pub echoes: Echoes,
    /// The argument that takes a unique text by which the job can be found.
    pub mark: Option<String>,
    /// A part of the error that it fails with.
    pub error_contains: Option<String>,
    /// The files that it leaves behind, by name.
    pub files: BTreeMap<String, FileFixture>,
    /// What its versions give, where they differ.
    pub versions: BTreeMap<u64, Value>,
}

impl Job {
    /// The earliest end, counted from the moment its creating request began to be sent.
    pub fn earliest_end(&self) -> Duration {
        self.queued.at_least + self.runs.at_least
    }

    /// The latest end, counted from the moment the answer to its creating request was complete.
    pub fn latest_end(&self) -> Duration {
        self.queued.at_most + self.runs.at_most
    }

    /// How long after its call it ends.
    pub fn ends(&self) -> Window {
        Window { at_least: self.earliest_end(), at_most: self.latest_end() }
    }

    /// The verb that starts it, where the protocol leaves a choice.
    pub fn verb(&self) -> Option<&str> {
        match &self.entry {
            Entry::Process(_) => None,
            Entry::Trigger { verb, .. } => Some(verb),
        }
    }

    /// The mode it is started in if the call does not say, where the protocol has modes.
    pub fn default_mode(&self) -> Option<&str> {
        match &self.entry {
            Entry::Process(_) => None,
            Entry::Trigger { mode, .. } => Some(mode),
        }
    }

    /// The first argument that comes back, by its name in the call.
    pub fn input(&self) -> Option<&str> {
        match &self.echoes {
            Echoes::Members(members) => members.first().map(|(input, _)| input.as_str()),
            Echoes::None | Echoes::At(_) => None,
        }
    }
}

/// The closed set of what jobs are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum JobKind {
    /// Ends at once and gives back its arguments.
    Echo,
    /// Runs for a known time and succeeds.
    Sleep,
    /// Fails.
    Fault,
    /// Waits before it runs.
    Queue,
    /// Leaves files behind.
    File,
    /// Gives a value of every documented type.
    Typed,
}

impl JobKind {
    /// How target files and scenarios write each.
    pub const WORDS: [(&'static str, Self); 6] = [
        ("echo", Self::Echo),
        ("sleep", Self::Sleep),
        ("fault", Self::Fault),
        ("queue", Self::Queue),
        ("file", Self::File),
        ("typed", Self::Typed),
    ];

    /// How target files and scenarios write it.
    pub const fn as_str(self) -> &'static str {
        Self::WORDS[self as usize].0
    }

    /// Reads what [`JobKind::as_str`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        Self::WORDS.into_iter().find(|(word, _)| *word == text).map(|(_, kind)| kind)
    }
}

impl std::fmt::Display for JobKind {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.pad(self.as_str())
    }
}

/// How a job is started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// elma: by the id of its process.
    Process(String),
    /// uipath: by a call of its trigger.
    Trigger {
        /// Appended to the protocol's base.
        path: String,
        /// The method that it is configured with.
        verb: String,
        /// The mode that it is configured with.
        mode: String,
    },
}

/// What of its arguments a job gives back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Echoes {
    /// Nothing that is declared.
    #[default]
    None,
    /// elma: an input by this name as the output by that name, in file order.
    Members(Vec<(String, String)>),
    /// uipath: all of them, as one object at this JSON Pointer of the output.
    At(String),
}

/// A length of time, as far as it is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Window {
    /// Never shorter.
    pub at_least: Duration,
    /// Never longer.
    pub at_most: Duration,
}

/// What is known of a file's bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFixture {
    /// Their SHA-256, in lower-case hexadecimal digits.
    pub sha256: String,
    /// How many there are, if that is declared.
    pub size: Option<u64>,
}
