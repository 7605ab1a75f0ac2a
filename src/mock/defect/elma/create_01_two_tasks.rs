//! `ELMA-CREATE-01/two-tasks`: every create makes two tasks and tells of one.

use crate::mock::defect::stray;
use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CREATE-01/two-tasks",
    sentence: "every create makes two tasks and tells of one",
    requirements: &["ELMA-CREATE-01"],
    affects: &[(Operation::Create, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn act(&self, exchange: &Exchange<'_>, world: &mut World) {
        if exchange.refusal.is_none() {
            stray::copy(exchange, world);
        }
    }
}
