//! `ELMA-STATUS-27/status-stops-task`: a task that was read makes no more progress.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-27/status-stops-task",
    sentence: "a task that was read makes no more progress",
    requirements: &["ELMA-STATUS-27", "ELMA-STATUS-10"],
    affects: &[(Operation::Status, Aspect::State)],
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
