//! `UIP-ASYNC-15/failed-job-500`: the status URI of a failed job is a fault of the server.

use hyper::StatusCode;
use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::State;
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-15/failed-job-500",
    sentence: "the status URI of a failed job is a fault of the server",
    requirements: &["UIP-ASYNC-15"],
    affects: &[(Operation::Poll, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        if world.job(exchange.job).is_some_and(|job| job.state == State::Failed) {
            *answer = Answer::json(StatusCode::INTERNAL_SERVER_ERROR, &json!({ "message": "boom" }));
        }
    }
}
