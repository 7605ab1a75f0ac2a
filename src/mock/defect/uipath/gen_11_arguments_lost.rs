//! `UIP-GEN-11/arguments-lost`: jobs start without their arguments.

use serde_json::Map;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::Order;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-11/arguments-lost",
    sentence: "jobs start without their arguments",
    requirements: &["UIP-GEN-11"],
    affects: &[(Operation::Invoke, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn order(&self, _: &Exchange<'_>, _: &World, order: &mut Order) {
        order.rewrite_arguments(Map::clear);
    }
}
