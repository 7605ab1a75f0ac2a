//! `ELMA-STATUS-27/status-creates-task`: every read creates one more task.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance, stray};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-27/status-creates-task",
    sentence: "every read creates one more task",
    requirements: &["ELMA-STATUS-27"],
    affects: &[(Operation::Status, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn act(&self, exchange: &Exchange<'_>, world: &mut World) {
        stray::copy(exchange, world);
    }
}
