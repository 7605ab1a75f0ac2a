//! `UIP-GEN-11/wants-envelope`: arguments count only inside a member of their own.

use serde_json::Value;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::Order;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-11/wants-envelope",
    sentence: "arguments count only inside a member of their own",
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
            let inner = arguments.get("inputArguments").and_then(Value::as_object).cloned();
            *arguments = inner.unwrap_or_default();
        });
    }
}
