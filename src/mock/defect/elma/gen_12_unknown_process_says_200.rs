//! `ELMA-GEN-12/unknown-process-says-200`: a creation for an unknown process is refused with the code of a success.

use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-GEN-12/unknown-process-says-200",
    sentence: "a creation for an unknown process is refused with the code of a success",
    requirements: &["ELMA-GEN-12"],
    affects: &[(Operation::Create, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if exchange.refusal == Some(Refusal::UnknownFixture) {
            answer.status = hyper::StatusCode::OK;
            answer.rewrite(|body| body["status"] = json!(200));
        }
    }
}
