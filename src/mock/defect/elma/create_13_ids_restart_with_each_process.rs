//! `ELMA-CREATE-13/ids-restart-with-each-process`: every process counts its tasks from the same number.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::Order;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CREATE-13/ids-restart-with-each-process",
    sentence: "every process counts its tasks from the same number",
    requirements: &["ELMA-CREATE-13"],
    affects: &[(Operation::Create, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn order(&self, _: &Exchange<'_>, world: &World, order: &mut Order) {
        let earlier = world.engine.jobs().filter(|(_, job)| job.order.label == order.label).count();
        order.number = 955 + earlier as u64;
    }
}
