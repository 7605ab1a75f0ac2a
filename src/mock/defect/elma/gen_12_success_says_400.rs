//! `ELMA-GEN-12/success-says-400`: a success carries the code of a mistake.

use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-GEN-12/success-says-400",
    sentence: "a success carries the code of a mistake",
    requirements: &["ELMA-GEN-12"],
    affects: &[
        (Operation::Create, Aspect::Body),
        (Operation::Status, Aspect::Body),
        (Operation::Cancel, Aspect::Body),
    ],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if exchange.refusal.is_none() {
            answer.rewrite(|body| body["status"] = json!(400));
        }
    }
}
