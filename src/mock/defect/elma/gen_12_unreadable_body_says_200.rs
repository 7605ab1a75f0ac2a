//! `ELMA-GEN-12/unreadable-body-says-200`: a body that is no JSON object is answered with the code of a success, and nothing else.

use hyper::StatusCode;
use serde_json::{Value, json};

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-GEN-12/unreadable-body-says-200",
    sentence: "a body that is no JSON object is answered with the code of a success, and nothing else",
    requirements: &["ELMA-GEN-12"],
    affects: &[
        (Operation::Create, Aspect::Status),
        (Operation::Status, Aspect::Status),
        (Operation::Cancel, Aspect::Status),
        (Operation::Download, Aspect::Status),
    ],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        let is_readable = matches!(exchange.sent_body(), Value::Object(_));
        if !is_readable && matches!(exchange.refusal, Some(Refusal::Malformed(_))) {
            *answer = Answer::json(StatusCode::OK, &json!({ "status": 200 }));
        }
    }
}
