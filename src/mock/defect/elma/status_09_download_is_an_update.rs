//! `ELMA-STATUS-09/download-is-an-update`: fetching a file of a completed task counts as an update of the task.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-09/download-is-an-update",
    sentence: "fetching a file of a completed task counts as an update of the task",
    requirements: &["ELMA-STATUS-09"],
    affects: &[(Operation::Download, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn act(&self, exchange: &Exchange<'_>, world: &mut World) {
        if let (Some(key), None) = (exchange.job, exchange.refusal) {
            world.engine.distort(key, |job| job.updated = exchange.now + std::time::Duration::from_secs(1));
        }
    }
}
