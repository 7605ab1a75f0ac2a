//! `ELMA-CREATE-06/context-not-read`: the text of the input context is not looked into.

use serde_json::{Map, json};

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::{Ending, Order};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CREATE-06/context-not-read",
    sentence: "the text of the input context is not looked into",
    requirements: &["ELMA-CREATE-06", "ELMA-CREATE-07"],
    affects: &[(Operation::Create, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn order(&self, _: &Exchange<'_>, _: &World, order: &mut Order) {
        order.rewrite_arguments(Map::clear);
        if let (Ending::Output(output), "echo") = (&mut order.ending, &*order.label) {
            *output = json!({});
        }
    }
}
