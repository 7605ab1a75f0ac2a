//! `ELMA-STATUS-03/completed-says-201`: a completed task is read with the code of one that waits.

use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-03/completed-says-201",
    sentence: "a completed task is read with the code of one that waits",
    requirements: &["ELMA-STATUS-03"],
    affects: &[(Operation::Status, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if exchange.refusal.is_none() {
            answer.rewrite(|body| body["status"] = json!(201));
        }
    }
}
