//! `ELMA-CANCEL-11/second-cancel-500`: a second cancel is a fault of the server.

use hyper::StatusCode;
use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CANCEL-11/second-cancel-500",
    sentence: "a second cancel is a fault of the server",
    requirements: &["ELMA-CANCEL-11"],
    affects: &[(Operation::Cancel, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        if exchange.times(world) > 0 {
            *answer = Answer::json(StatusCode::INTERNAL_SERVER_ERROR, &json!({ "status": 500 }));
        }
    }
}
