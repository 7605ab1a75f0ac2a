//! `ELMA-CREATE-05/version-ignored`: whatever version is asked for, the current one runs.

use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::Order;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CREATE-05/version-ignored",
    sentence: "whatever version is asked for, the current one runs",
    requirements: &["ELMA-CREATE-05"],
    affects: &[(Operation::Create, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn order(&self, _: &Exchange<'_>, _: &World, order: &mut Order) {
        if *order.label == *"versioned" {
            order.rewrite_output("version_out", json!(2));
        }
    }
}
