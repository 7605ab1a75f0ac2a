//! `UIP-ASYNC-28/any-status-uri-answers`: a status URI that was never issued belongs to a job that runs.

use hyper::StatusCode;
use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-28/any-status-uri-answers",
    sentence: "a status URI that was never issued belongs to a job that runs",
    requirements: &["UIP-ASYNC-28"],
    affects: &[(Operation::Poll, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if exchange.refusal == Some(Refusal::UnknownJob) {
            *answer = Answer::json(StatusCode::OK, &json!({ "state": "Running" }));
        }
    }
}
