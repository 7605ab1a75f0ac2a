//! `ELMA-STATUS-08/cancelled-run-queues-again`: cancelling a running task succeeds, and puts it back into the queue.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::State;
use crate::mock::protocol::Refusal;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-08/cancelled-run-queues-again",
    sentence: "cancelling a running task succeeds, and puts it back into the queue",
    requirements: &["ELMA-STATUS-08"],
    affects: &[(Operation::Cancel, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn waives(&self, _: &Exchange<'_>, refusal: &Refusal) -> bool {
        *refusal == Refusal::NotWaiting
    }

    fn act(&self, exchange: &Exchange<'_>, world: &mut World) {
        let runs = world.job(exchange.job).is_some_and(|job| job.state == State::Running);
        if let (Some(key), None, true) = (exchange.job, exchange.refusal, runs) {
            world.engine.distort(key, |job| job.state = State::Queued);
            world.engine.hold(key, exchange.now);
        }
    }
}
