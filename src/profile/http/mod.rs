//! Any asynchronous HTTP API: what a suite of its own says is the protocol, and an answer reads by its status alone.
//!
//! It has no jobs that the target file describes: what a request starts is known only to the scenario.

mod content;
mod credential;
mod examine;
mod head;
mod place;
mod request;

pub use head::header_name;

use serde_json::Value;

use super::{Call, Difference, Files, Judged, Profile, Reading, Recognized, Words, fault};
use crate::diagnostic::Diagnostic;
use crate::http::message::{Request, Response};
use crate::target::{Job, Protocol};
use crate::yaml::{Node, Rule, Shape, words};

/// The protocol.
pub(super) struct Http;

impl Profile for Http {
    fn name(&self) -> &'static str {
        "http"
    }

    fn request_shape(&self) -> &'static Shape {
        &request::SHAPE
    }

    fn request_rules(&self) -> Vec<Rule> {
        vec![
            Rule::ExactlyOne(words(&request::ACTIONS).to_vec()),
            Rule::AtMostOne(content::BODIES.to_vec()),
            Rule::Needs("raw", vec!["method"]),
            Rule::OnlyWith("method", vec!["raw"]),
        ]
    }

    fn create_word(&self) -> Option<&'static str> {
        None
    }

    fn recognize<'t>(&self, _request: &Request, _protocol: &'t Protocol) -> Option<Recognized<'t>> {
        None
    }

    fn credential(&self, _request: &Request) -> Option<String> {
        None
    }

    fn examine(&self, words: &Node, files: &Files, diagnostics: &mut Vec<Diagnostic>) {
        examine::examine(words, files, diagnostics);
    }

    fn build(&self, words: Words<'_>) -> Result<Call, String> {
        request::build(words)
    }

    fn read(&self, response: &Response, _judged: Judged<'_>) -> Reading {
        match response.status / 100 {
            2 => Reading::Success,
            4 => Reading::Refused,
            5 => Reading::Broken,
            _ => Reading::Unreadable,
        }
    }

    fn compare_output(&self, response: &Response, judged: Judged<'_>) -> Vec<Difference> {
        if self.read(response, judged) == Reading::Success {
            return Vec::new();
        }
        vec![Difference::new("result", "success", self.summarize(response, judged))]
    }

    fn compare_fault(&self, response: &Response, judged: Judged<'_>) -> Vec<Difference> {
        fault::compare(self, response, judged)
    }

    fn job_property(&self, _job: &Job, _name: &str) -> Option<Value> {
        None
    }

    fn job_properties(&self) -> &'static [&'static str] {
        &[]
    }
}
