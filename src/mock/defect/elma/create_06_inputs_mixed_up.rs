//! `ELMA-CREATE-06/inputs-mixed-up`: with several tasks of a process under way a new one gets the inputs of the one before.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::Order;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CREATE-06/inputs-mixed-up",
    sentence: "with several tasks of a process under way a new one gets the inputs of the one before",
    requirements: &["ELMA-CREATE-06", "ELMA-STATUS-16"],
    affects: &[(Operation::Create, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn order(&self, _: &Exchange<'_>, world: &World, order: &mut Order) {
        const UNDER_WAY: usize = 3;
        let others = world.engine.jobs().filter(|(_, job)| !job.state.is_final() && job.order.label == order.label);
        let others: Vec<_> = others.collect();
        if let (Some((_, last)), true) = (others.last(), others.len() >= UNDER_WAY) {
            order.ending = last.order.ending.clone();
        }
    }
}
