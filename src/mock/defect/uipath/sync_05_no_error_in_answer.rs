//! `UIP-SYNC-05/no-error-in-answer`: a waiting call does not learn the error of its job.

use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::State;
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-05/no-error-in-answer",
    sentence: "a waiting call does not learn the error of its job",
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
            *answer = Answer::json(answer.status, &json!({ "error": null }));
        }
    }
}
