//! API triggers and their call modes: bearer token in a header, results by status code and `Location`.

mod answer;
mod output;
mod property;
mod recognize;
mod request;

use serde_json::Value;

use super::{Call, Difference, Judged, Profile, Reading, Recognized, Words, raw};
use crate::http::message::{Request, Response};
use crate::target::{Job, Protocol};
use crate::yaml::{Rule, Shape};

/// The protocol.
pub(super) struct Uipath;

impl Profile for Uipath {
    fn name(&self) -> &'static str {
        "uipath"
    }

    fn request_shape(&self) -> &'static Shape {
        &request::SHAPE
    }

    fn request_rules(&self) -> Vec<Rule> {
        vec![Rule::ExactlyOne(request::ACTIONS.to_vec()), raw::one_body()]
    }

    fn create_word(&self) -> Option<&'static str> {
        Some(request::INVOKE)
    }

    fn recognize<'t>(&self, request: &Request, protocol: &'t Protocol) -> Option<Recognized<'t>> {
        recognize::recognize(request, protocol)
    }

    fn credential(&self, request: &Request) -> Option<String> {
        recognize::credential(request)
    }

    fn build(&self, words: Words<'_>) -> Result<Call, String> {
        request::build(words)
    }

    fn read(&self, response: &Response, _judged: Judged<'_>) -> Reading {
        answer::read(response)
    }

    fn compare_output(&self, response: &Response, judged: Judged<'_>) -> Vec<Difference> {
        output::compare(self, response, judged)
    }

    fn compare_fault(&self, response: &Response, judged: Judged<'_>) -> Vec<Difference> {
        answer::compare_fault(self, response, judged)
    }

    fn is_held(&self, mode: Option<&str>, job: &Job) -> bool {
        mode.or(job.default_mode()) == Some(request::HELD)
    }

    fn job_property(&self, job: &Job, name: &str) -> Option<Value> {
        property::read(job, name)
    }

    fn job_properties(&self) -> &'static [&'static str] {
        property::NAMES
    }
}
