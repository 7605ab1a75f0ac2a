//! `UIP-FNF-04/job-stays-queued`: a job to be forgotten never leaves the queue.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::fixture::Mode;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-FNF-04/job-stays-queued",
    sentence: "a job to be forgotten never leaves the queue",
    requirements: &["UIP-FNF-04"],
    affects: &[(Operation::Invoke, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn act(&self, exchange: &Exchange<'_>, world: &mut World) {
        if let (Some(key), true) = (exchange.job, exchange.is(Operation::Invoke, Mode::FireAndForget)) {
            world.engine.hold(key, exchange.now);
        }
    }
}
