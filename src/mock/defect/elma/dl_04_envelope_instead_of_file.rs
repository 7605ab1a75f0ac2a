//! `ELMA-DL-04/envelope-instead-of-file`: the file comes as text inside an envelope.

use hyper::StatusCode;
use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-DL-04/envelope-instead-of-file",
    sentence: "the file comes as text inside an envelope",
    requirements: &["ELMA-DL-04"],
    affects: &[(Operation::Download, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if exchange.refusal.is_none() {
            let content = String::from_utf8_lossy(&answer.body).into_owned();
            *answer = Answer::json(StatusCode::OK, &json!({ "status": 200, "task": { "file": content } }));
        }
    }
}
