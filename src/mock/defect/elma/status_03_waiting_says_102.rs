//! `ELMA-STATUS-03/waiting-says-102`: a read of a task that waits carries the code of a call that goes on.

use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-03/waiting-says-102",
    sentence: "a read of a task that waits carries the code of a call that goes on",
    requirements: &["ELMA-STATUS-03"],
    affects: &[(Operation::Status, Aspect::Body), (Operation::Status, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        if world.job(exchange.job).is_some_and(|job| job.state.is_waiting()) {
            answer.rewrite(|body| body["status"] = json!(102));
        }
    }
}
