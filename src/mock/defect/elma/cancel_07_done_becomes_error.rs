//! `ELMA-CANCEL-07/done-becomes-error`: cancelling a completed task turns it into a failed one.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::State;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CANCEL-07/done-becomes-error",
    sentence: "cancelling a completed task turns it into a failed one",
    requirements: &["ELMA-CANCEL-07", "ELMA-STATUS-09"],
    affects: &[(Operation::Cancel, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn act(&self, exchange: &Exchange<'_>, world: &mut World) {
        if let (Some(key), true) = (exchange.job, exchange.job_has_ended(world)) {
            world.engine.distort(key, |job| job.state = State::Failed);
        }
    }
}
