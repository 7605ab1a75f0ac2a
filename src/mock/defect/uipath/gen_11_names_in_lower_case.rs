//! `UIP-GEN-11/names-in-lower-case`: names of arguments reach the job in lower case.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::Order;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-11/names-in-lower-case",
    sentence: "names of arguments reach the job in lower case",
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
            *arguments = std::mem::take(arguments)
                .into_iter()
                .map(|(name, value)| (name.to_lowercase(), value))
                .collect();
        });
    }
}
