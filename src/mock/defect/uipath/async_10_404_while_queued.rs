//! `UIP-ASYNC-10/404-while-queued`: a job in the queue is not found.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::{self, Refusal};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-10/404-while-queued",
    sentence: "a job in the queue is not found",
    requirements: &["UIP-ASYNC-10"],
    affects: &[(Operation::Poll, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        if world.job(exchange.job).is_some_and(|job| job.state.is_waiting()) {
            *answer = protocol::refuse(exchange, Refusal::UnknownJob);
        }
    }
}
