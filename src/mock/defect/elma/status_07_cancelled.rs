//! `ELMA-STATUS-07/cancelled`: a cancelled task is in a state that does not exist.

use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::State;
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-07/cancelled",
    sentence: "a cancelled task is in a state that does not exist",
    requirements: &["ELMA-STATUS-07", "ELMA-CANCEL-09"],
    affects: &[(Operation::Status, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        let cancelled = world.job(exchange.job).is_some_and(|job| job.state == State::Cancelled);
        answer.rewrite_task(|task| {
            if cancelled {
                task.insert("status".to_owned(), json!("CANCELLED"));
            }
        });
    }
}
