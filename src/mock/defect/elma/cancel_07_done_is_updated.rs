//! `ELMA-CANCEL-07/done-is-updated`: cancelling a completed task counts as a change of it.

use std::time::Duration;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CANCEL-07/done-is-updated",
    sentence: "cancelling a completed task counts as a change of it",
    requirements: &["ELMA-CANCEL-07"],
    affects: &[(Operation::Cancel, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn act(&self, exchange: &Exchange<'_>, world: &mut World) {
        if let (Some(key), true) = (exchange.job, exchange.job_has_ended(world)) {
            world.engine.distort(key, |job| job.updated = exchange.now + Duration::from_secs(1));
        }
    }
}
