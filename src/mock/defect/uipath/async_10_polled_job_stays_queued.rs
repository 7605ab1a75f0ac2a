//! `UIP-ASYNC-10/polled-job-stays-queued`: a job that is polled while it waits does not leave the queue by itself.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-10/polled-job-stays-queued",
    sentence: "a job that is polled while it waits does not leave the queue by itself",
    requirements: &["UIP-ASYNC-10", "UIP-ASYNC-11"],
    affects: &[(Operation::Poll, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn act(&self, exchange: &Exchange<'_>, world: &mut World) {
        let waits = world.job(exchange.job).is_some_and(|job| job.state.is_waiting());
        if let (true, Some(key)) = (waits, exchange.job) {
            world.engine.hold(key, exchange.now);
        }
    }
}
