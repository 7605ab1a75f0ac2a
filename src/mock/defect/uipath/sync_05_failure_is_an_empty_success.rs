//! `UIP-SYNC-05/failure-is-an-empty-success`: a waiting call takes a failed job for one without output.

use hyper::StatusCode;
use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::State;
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-05/failure-is-an-empty-success",
    sentence: "a waiting call takes a failed job for one without output",
    requirements: &["UIP-SYNC-05"],
    affects: &[(Operation::Invoke, Aspect::Body), (Operation::Wait, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        let failed = world.job(exchange.job).is_some_and(|job| job.state == State::Failed);
        if failed && exchange.is_long_poll() {
            *answer = Answer::json(StatusCode::OK, &json!({}));
        }
    }
}
