//! `ELMA-DL-07/foreign-download-is-a-fault`: fetching a file of another system's task is a fault of the server.

use hyper::StatusCode;
use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-DL-07/foreign-download-is-a-fault",
    sentence: "fetching a file of another system's task is a fault of the server",
    requirements: &["ELMA-DL-07", "ELMA-AUTH-04"],
    affects: &[(Operation::Download, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        if exchange.job.is_some() && !exchange.calls_as_owner(world) {
            let body = json!({ "status": 500, "ErrorMessage": "object reference not set" });
            *answer = Answer::json(StatusCode::INTERNAL_SERVER_ERROR, &body);
        }
    }
}
