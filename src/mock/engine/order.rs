//! What is decided when a job is created: how long it takes and what it comes to.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value};

use crate::mock::fixture::{Ends, File};

/// How long each part of a life takes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Script {
    /// Time before the job enters the queue; `None`: it starts there.
    pub(crate) prepares: Option<Duration>,
    pub(crate) queued: Duration,
    /// The job does not leave the queue until it is released.
    pub(crate) held: bool,
    pub(crate) runs: Duration,
    pub(crate) ends: Ends,
    /// The longest life from creation to end; beyond it the job is stopped.
    pub(crate) limit: Option<Duration>,
}

/// What a job comes to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Ending {
    Output(Value),
    Fault(String),
}

/// Everything that is decided when a job is created.
#[derive(Debug, Clone)]
pub(crate) struct Order {
    /// The fixture's name.
    pub(crate) label: Arc<str>,
    /// The number by which the outside knows the job.
    pub(crate) number: u64,
    pub(crate) owner: String,
    pub(crate) arguments: Map<String, Value>,
    /// How many bytes of the request the arguments came from.
    pub(crate) weight: usize,
    pub(crate) script: Script,
    pub(crate) ending: Ending,
    /// The files that it leaves behind, where they are not those of its process.
    pub(crate) files: Option<Arc<[File]>>,
}
