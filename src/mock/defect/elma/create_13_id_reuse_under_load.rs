//! `ELMA-CREATE-13/id-reuse-under-load`: with several tasks under way a new one gets the id of the one before.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::Order;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CREATE-13/id-reuse-under-load",
    sentence: "with several tasks under way a new one gets the id of the one before",
    requirements: &["ELMA-CREATE-13"],
    affects: &[(Operation::Create, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn order(&self, _: &Exchange<'_>, world: &World, order: &mut Order) {
        const UNDER_LOAD: usize = 4;
        let under_way = world.engine.jobs().filter(|(_, job)| !job.state.is_final()).count();
        if let (Some((_, last)), true) = (world.engine.jobs().next_back(), under_way >= UNDER_LOAD) {
            order.number = last.order.number;
        }
    }
}
