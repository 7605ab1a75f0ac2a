//! `ELMA-CREATE-04/zero-is-the-first`: version 0 runs the oldest version.

use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::Order;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CREATE-04/zero-is-the-first",
    sentence: "version 0 runs the oldest version",
    requirements: &["ELMA-CREATE-04"],
    affects: &[(Operation::Create, Aspect::State)],
    provenance: Provenance::Doc("the sentence on version 0 is garbled in the English edition"),
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn order(&self, exchange: &Exchange<'_>, _: &World, order: &mut Order) {
        let asked = exchange.sent_body().pointer("/task/version") == Some(&json!(0));
        if asked && *order.label == *"versioned" {
            order.rewrite_output("version_out", json!(1));
        }
    }
}
