//! `ELMA-STATUS-27/status-starts-task`: reading a task that waits lets it run.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-27/status-starts-task",
    sentence: "reading a task that waits lets it run",
    requirements: &["ELMA-STATUS-27"],
    affects: &[(Operation::Status, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn act(&self, exchange: &Exchange<'_>, world: &mut World) {
        if let Some(key) = exchange.job {
            world.engine.start(key, exchange.now);
        }
    }
}
