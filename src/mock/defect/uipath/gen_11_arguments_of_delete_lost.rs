//! `UIP-GEN-11/arguments-of-delete-lost`: jobs that are started with DELETE start without their arguments.

use hyper::Method;
use serde_json::Map;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::Order;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-11/arguments-of-delete-lost",
    sentence: "jobs that are started with DELETE start without their arguments",
    requirements: &["UIP-GEN-11"],
    affects: &[(Operation::Invoke, Aspect::State)],
    provenance: Provenance::Observed("https://github.com/Pylons/webob/issues/200"),
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn order(&self, exchange: &Exchange<'_>, _: &World, order: &mut Order) {
        if exchange.request.method == Method::DELETE {
            order.rewrite_arguments(Map::clear);
        }
    }
}
