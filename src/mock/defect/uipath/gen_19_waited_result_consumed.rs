//! `UIP-GEN-19/waited-result-consumed`: the result of a job that is waited for is given once, and lost with the answer that carried it.

use hyper::StatusCode;
use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-19/waited-result-consumed",
    sentence: "the result of a job that is waited for is given once, and lost with the answer that carried it",
    requirements: &["UIP-GEN-19"],
    affects: &[(Operation::Wait, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        if exchange.times_answered(world, StatusCode::OK) > 0 {
            *answer = Answer::json(StatusCode::NOT_FOUND, &json!({ "message": "the result was collected" }));
        }
    }
}
