//! `UIP-ASYNC-15/no-error-in-output`: the result of a failed job does not name its error.

use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::State;
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-15/no-error-in-output",
    sentence: "the result of a failed job does not name its error",
    requirements: &["UIP-ASYNC-15"],
    affects: &[(Operation::Output, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        if world.job(exchange.job).is_some_and(|job| job.state == State::Failed) {
            *answer = Answer::json(answer.status, &json!({ "error": null }));
        }
    }
}
