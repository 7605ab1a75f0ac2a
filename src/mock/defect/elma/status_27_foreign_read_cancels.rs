//! `ELMA-STATUS-27/foreign-read-cancels`: a read by another system than the creator takes the task out of the queue.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-27/foreign-read-cancels",
    sentence: "a read by another system than the creator takes the task out of the queue",
    requirements: &["ELMA-STATUS-27"],
    affects: &[(Operation::Status, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn act(&self, exchange: &Exchange<'_>, world: &mut World) {
        let Some(key) = exchange.named_task(world) else { return };
        let token = exchange.sent_body();
        let token = token["auth_tkn"].as_str().unwrap_or_default();
        let waits = |job: &crate::mock::engine::Job| job.state.is_waiting() && job.order.owner != token;
        if world.job(Some(key)).is_some_and(waits) {
            world.engine.cancel(key, exchange.now);
        }
    }
}
