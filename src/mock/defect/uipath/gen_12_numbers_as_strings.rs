//! `UIP-GEN-12/numbers-as-strings`: numbers reach the job as texts.

use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::Order;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-12/numbers-as-strings",
    sentence: "numbers reach the job as texts",
    requirements: &["UIP-GEN-12"],
    affects: &[(Operation::Invoke, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn order(&self, _: &Exchange<'_>, _: &World, order: &mut Order) {
        order.rewrite_arguments(|arguments| {
            let numbers = arguments.values_mut().filter(|value| value.is_number());
            numbers.for_each(|value| *value = json!(value.to_string()));
        });
    }
}
