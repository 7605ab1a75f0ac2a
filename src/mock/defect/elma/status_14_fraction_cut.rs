//! `ELMA-STATUS-14/fraction-cut`: a date-time in the output loses its last digits.

use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::Order;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-14/fraction-cut",
    sentence: "a date-time in the output loses its last digits",
    requirements: &["ELMA-STATUS-14"],
    affects: &[(Operation::Create, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn order(&self, _: &Exchange<'_>, _: &World, order: &mut Order) {
        if *order.label == *"typed" {
            order.rewrite_output("datetimevalue_out", json!("2020-06-29T11:08:29Z"));
        }
    }
}
