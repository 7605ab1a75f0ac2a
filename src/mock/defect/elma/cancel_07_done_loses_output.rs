//! `ELMA-CANCEL-07/done-loses-output`: cancelling a completed task empties its output.

use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::Ending;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CANCEL-07/done-loses-output",
    sentence: "cancelling a completed task empties its output",
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
            world.engine.distort(key, |job| job.order.ending = Ending::Output(json!({})));
        }
    }
}
