//! `UIP-SYNC-06/504-at-timeout`: a waiting call times out.

use hyper::StatusCode;
use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-06/504-at-timeout",
    sentence: "a waiting call times out",
    requirements: &["UIP-SYNC-06", "UIP-SYNC-14"],
    affects: &[(Operation::Invoke, Aspect::Status), (Operation::Wait, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if exchange.is_long_poll() && answer.status == StatusCode::SEE_OTHER {
            *answer = Answer::json(StatusCode::GATEWAY_TIMEOUT, &json!({ "message": "upstream timed out" }));
        }
    }
}
