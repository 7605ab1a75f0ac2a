//! `UIP-SYNC-17/200-means-running`: a call that waits on gets the state at its timeout, with 200.

use hyper::StatusCode;
use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-17/200-means-running",
    sentence: "a call that waits on gets the state at its timeout, with 200",
    requirements: &["UIP-SYNC-17", "UIP-SYNC-14"],
    affects: &[(Operation::Wait, Aspect::Status)],
    provenance: Provenance::Doc("the status URIs of both modes have one name, and answer differently"),
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, _: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if answer.status == StatusCode::SEE_OTHER {
            *answer = Answer::json(StatusCode::OK, &json!({ "state": "Running" }));
        }
    }
}
