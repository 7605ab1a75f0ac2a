//! `ELMA-CANCEL-06/completed-refused`: cancelling a completed task is refused.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::State;
use crate::mock::protocol::{self, Refusal};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CANCEL-06/completed-refused",
    sentence: "cancelling a completed task is refused",
    requirements: &["ELMA-CANCEL-06"],
    affects: &[(Operation::Cancel, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        if world.job(exchange.job).is_some_and(|job| job.state == State::Done) {
            *answer = protocol::refuse(exchange, Refusal::NotWaiting);
        }
    }
}
