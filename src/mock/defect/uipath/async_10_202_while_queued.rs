//! `UIP-ASYNC-10/202-while-queued`: a job in the queue is polled with 202.

use hyper::StatusCode;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-10/202-while-queued",
    sentence: "a job in the queue is polled with 202",
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
            answer.status = StatusCode::ACCEPTED;
        }
    }
}
