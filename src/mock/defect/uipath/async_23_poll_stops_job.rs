//! `UIP-ASYNC-23/poll-stops-job`: a job that was polled makes no more progress.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-23/poll-stops-job",
    sentence: "a job that was polled makes no more progress",
    requirements: &["UIP-ASYNC-23", "UIP-ASYNC-11"],
    affects: &[(Operation::Poll, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn act(&self, exchange: &Exchange<'_>, world: &mut World) {
        if let Some(key) = exchange.job {
            world.engine.hold(key, exchange.now);
        }
    }
}
