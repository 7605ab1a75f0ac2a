//! `UIP-GEN-10/query-read-as-latin-1`: letters beyond ASCII in a query are read in another encoding.

use hyper::Method;
use serde_json::Value;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::Order;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-10/query-read-as-latin-1",
    sentence: "letters beyond ASCII in a query are read in another encoding",
    requirements: &["UIP-GEN-10"],
    affects: &[(Operation::Invoke, Aspect::State)],
    provenance: Provenance::Observed("https://github.com/javaee/grizzly/issues/1382"),
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn order(&self, exchange: &Exchange<'_>, _: &World, order: &mut Order) {
        if exchange.request.method == Method::GET {
            order.rewrite_arguments(|arguments| arguments.values_mut().for_each(misread));
        }
    }
}

/// Every byte of the UTF-8 as a letter of its own.
fn misread(value: &mut Value) {
    if let Value::String(text) = value {
        *text = text.bytes().map(char::from).collect();
    }
}
