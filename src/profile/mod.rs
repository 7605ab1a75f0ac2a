//! A protocol as the harness sees it: how its requests are built and its answers read.
//!
//! A profile knows no scenario and judges no requirement; it turns words into a request and an answer into a
//! [`Reading`]. It shares nothing with the mock.

mod declared;
mod elma;
mod fault;
mod files;
mod http;
mod kind;
mod raw;
mod reading;
#[cfg(test)]
mod sample;
mod uipath;
mod word;

pub use files::Files;
pub use http::header_name;
pub use kind::check_kinds;
pub use reading::{Difference, Reading};

use std::time::Duration;

use serde_json::{Map, Value};

use crate::diagnostic::Diagnostic;
use crate::http::message::{Request, Response, Url};
use crate::requirement::Policies;
use crate::target::{Carrier, Job, Protocol, Secret};
use crate::yaml::{Node, Rule, Shape};

/// Every protocol there is.
pub const PROFILES: &[&dyn Profile] = &[&elma::Elma, &uipath::Uipath, &http::Http];

/// The profile of that name.
pub fn find(name: &str) -> Option<&'static dyn Profile> {
    PROFILES.iter().copied().find(|profile| profile.name() == name)
}

/// Whether the protocol of that name has jobs that are prepared for the harness: the embedded mock speaks those that
/// have, and the others are what a suite of one's own says.
pub fn has_prepared_jobs(name: &str) -> bool {
    find(name).is_some_and(|profile| profile.create_word().is_some())
}

/// What an exchange does in its protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operation {
    /// Asks the server to create a job.
    Create,
    /// Asks how a job stands.
    Status,
    /// Asks to cancel a job.
    Cancel,
    /// Asks for a file of a job.
    Download,
    /// Reads a URI that the server gave (status or output).
    Get,
    /// Anything else.
    Raw,
}

/// What a request is built from: the evaluated words of the scenario and what the target file says.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// The words of `request:`, with every expression replaced by its value.
    pub words: &'a Map<String, Value>,
    /// The target's base URL for this profile.
    pub base: &'a Url,
    /// The job that the words name by its alias.
    pub job: Option<&'a Job>,
    /// The credential of the step's principal; `None` sends none.
    pub credential: Option<&'a Secret>,
    /// How it travels, where the protocol leaves that to the target file.
    pub carrier: Option<&'a Carrier>,
    /// The text to send as the job's mark, if the scenario counts and the job has one.
    pub mark: Option<&'a str>,
    /// The files of the suite.
    pub files: &'a Files,
}

/// What a request says in the words of a profile.
#[derive(Debug, Clone, PartialEq)]
pub struct Recognized<'t> {
    /// What it does.
    pub operation: Operation,
    /// The job that it creates.
    pub job: Option<&'t Job>,
    /// The words; the one that creates holds the job's label.
    pub words: Map<String, Value>,
}

/// A request that is ready, and what must be remembered to judge its answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// What goes on the wire.
    pub request: Request,
    /// What it does.
    pub operation: Operation,
    /// The arguments or inputs it carries for the job.
    pub sent: Map<String, Value>,
    /// Whether those travel as texts (in a query).
    pub sent_as_text: bool,
    /// The file it asks for.
    pub filename: Option<String>,
    /// Whether a conformant server may hold it until the hold timeout.
    pub may_be_held: bool,
    /// How long a conformant server may hold it because the request itself says so.
    pub held_for: Option<Duration>,
}

impl Call {
    /// A call that is what it is, and concerns no job.
    pub fn raw(request: Request) -> Self {
        Self {
            request,
            operation: Operation::Raw,
            sent: Map::new(),
            sent_as_text: false,
            filename: None,
            may_be_held: false,
            held_for: None,
        }
    }
}

/// What an answer is judged by, besides itself.
#[derive(Debug, Clone, Copy)]
pub struct Judged<'a> {
    /// What the exchange did.
    pub operation: Operation,
    /// The file that was asked for.
    pub filename: Option<&'a str>,
    /// The policies in force.
    pub policies: &'a Policies,
    /// The job it concerns, if one is known.
    pub job: Option<&'a Job>,
    /// The arguments that job was created with.
    pub sent: &'a Map<String, Value>,
    /// Whether those travelled as texts.
    pub sent_as_text: bool,
}

/// A protocol.
pub trait Profile: Sync {
    /// Its name, as scenarios and target files write it.
    fn name(&self) -> &'static str;

    /// The words of `request:`: the common ones and its own.
    fn request_shape(&self) -> &'static Shape;

    /// What these words have to do with each other.
    fn request_rules(&self) -> Vec<Rule>;

    /// The word that names the alias of the job to create (`invoke`, `create`); none if the protocol knows of no jobs
    /// that are prepared for the harness.
    fn create_word(&self) -> Option<&'static str>;

    /// Reports what is wrong with the words of a request, as far as that is known before anything runs and the shape does
    /// not say it.
    fn examine(&self, _words: &Node, _files: &Files, _diagnostics: &mut Vec<Diagnostic>) {}

    /// Builds a request; the error says which word cannot be used and why.
    fn build(&self, words: Words<'_>) -> Result<Call, String>;

    /// What somebody else's request says in the words that [`Profile::build`] takes; none if they cannot say it.
    fn recognize<'t>(&self, request: &Request, protocol: &'t Protocol) -> Option<Recognized<'t>>;

    /// The credential that a request carries.
    fn credential(&self, request: &Request) -> Option<String>;

    /// Reads an answer.
    fn read(&self, response: &Response, judged: Judged<'_>) -> Reading;

    /// How an answer reads, in a few words with what decided it (`refused (HTTP 404)`), for findings.
    fn summarize(&self, response: &Response, judged: Judged<'_>) -> String {
        format!("{} (HTTP {})", self.read(response, judged), response.status)
    }

    /// How an answer differs from the job's declared output (`result: output`); empty if it does not.
    fn compare_output(&self, response: &Response, judged: Judged<'_>) -> Vec<Difference>;

    /// How an answer differs from the result of a failed job (`result: fault`); empty if it does not.
    fn compare_fault(&self, response: &Response, judged: Judged<'_>) -> Vec<Difference>;

    /// Whether a conformant server may hold the call that creates the job in this mode, the job's own if none.
    fn is_held(&self, _mode: Option<&str>, _job: &Job) -> bool {
        false
    }

    /// A property of a bound job that scenarios may name (`job.input`, `job.verb`), besides its times and mark.
    fn job_property(&self, job: &Job, name: &str) -> Option<Value>;

    /// The names that [`Profile::job_property`] knows.
    fn job_properties(&self) -> &'static [&'static str];
}
