//! `ELMA-GEN-12/refusal-says-200`: a refusal carries the code of a success.

use hyper::StatusCode;
use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-GEN-12/refusal-says-200",
    sentence: "a refusal carries the code of a success",
    requirements: &["ELMA-GEN-12"],
    affects: &[
        (Operation::Create, Aspect::Body),
        (Operation::Status, Aspect::Body),
        (Operation::Cancel, Aspect::Body),
        (Operation::Download, Aspect::Body),
    ],
    provenance: Provenance::Observed("https://github.com/Pirate-Weather/pirateweather/issues/317"),
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if exchange.refusal.is_some() {
            answer.status = StatusCode::OK;
            answer.rewrite(|body| body["status"] = json!(200));
        }
    }
}
