//! `UIP-ASYNC-05/uri-reused-after-the-end`: a new job takes over the status URI of one that has ended.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::Order;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-05/uri-reused-after-the-end",
    sentence: "a new job takes over the status URI of one that has ended",
    requirements: &["UIP-ASYNC-05"],
    affects: &[(Operation::Invoke, Aspect::Header)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn order(&self, _: &Exchange<'_>, world: &World, order: &mut Order) {
        let mut earlier = world.engine.jobs().filter(|(_, job)| job.order.label == order.label);
        if let Some((_, ended)) = earlier.find(|(_, job)| job.state.is_final()) {
            order.number = ended.order.number;
        }
    }
}
