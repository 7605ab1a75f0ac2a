//! The ELMA RPA task queue: four operations, all `POST`, with the credential and the result code in the JSON body.

mod answer;
mod output;
mod property;
mod recognize;
mod request;

use serde_json::Value;

use super::{Call, Difference, Judged, Profile, Reading, Recognized, Words, fault, raw};
use crate::http::message::{Request, Response};
use crate::target::{Job, Protocol};
use crate::yaml::{Rule, Shape};

/// The protocol.
pub(super) struct Elma;

impl Profile for Elma {
    fn name(&self) -> &'static str {
        "elma"
    }

    fn request_shape(&self) -> &'static Shape {
        &request::SHAPE
    }

    fn request_rules(&self) -> Vec<Rule> {
        vec![Rule::ExactlyOne(request::ACTIONS.to_vec()), raw::one_body()]
    }

    fn create_word(&self) -> Option<&'static str> {
        Some(request::CREATE)
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

    fn read(&self, response: &Response, judged: Judged<'_>) -> Reading {
        answer::read(response, judged)
    }

    fn summarize(&self, response: &Response, judged: Judged<'_>) -> String {
        answer::summarize(response, judged)
    }

    fn compare_output(&self, response: &Response, judged: Judged<'_>) -> Vec<Difference> {
        output::compare(response, judged)
    }

    fn compare_fault(&self, response: &Response, judged: Judged<'_>) -> Vec<Difference> {
        fault::compare(self, response, judged)
    }

    fn job_property(&self, job: &Job, name: &str) -> Option<Value> {
        property::read(job, name)
    }

    fn job_properties(&self) -> &'static [&'static str] {
        property::NAMES
    }
}
