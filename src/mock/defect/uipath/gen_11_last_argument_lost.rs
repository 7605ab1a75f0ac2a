//! `UIP-GEN-11/last-argument-lost`: the last argument does not reach the job.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::Order;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-11/last-argument-lost",
    sentence: "the last argument does not reach the job",
    requirements: &["UIP-GEN-11"],
    affects: &[(Operation::Invoke, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn order(&self, _: &Exchange<'_>, _: &World, order: &mut Order) {
        order.rewrite_arguments(|arguments| {
            let last = arguments.keys().next_back().cloned();
            last.and_then(|last| arguments.shift_remove(&last));
        });
    }
}
