//! `UIP-ASYNC-28/any-output-uri-answers`: an output URI that was never issued gives an empty output.

use hyper::StatusCode;
use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-28/any-output-uri-answers",
    sentence: "an output URI that was never issued gives an empty output",
    requirements: &["UIP-ASYNC-28"],
    affects: &[(Operation::Output, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if exchange.refusal == Some(Refusal::UnknownJob) {
            *answer = Answer::json(StatusCode::OK, &json!({}));
        }
    }
}
