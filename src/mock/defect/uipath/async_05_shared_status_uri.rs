//! `UIP-ASYNC-05/shared-status-uri`: all jobs of a trigger share one status URI.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::Order;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-05/shared-status-uri",
    sentence: "all jobs of a trigger share one status URI",
    requirements: &["UIP-ASYNC-05"],
    affects: &[(Operation::Invoke, Aspect::Header)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn order(&self, _: &Exchange<'_>, world: &World, order: &mut Order) {
        let earlier = world.engine.jobs().find(|(_, job)| job.order.label == order.label);
        if let Some((_, earlier)) = earlier {
            order.number = earlier.order.number;
        }
    }
}
