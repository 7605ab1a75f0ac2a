//! `UIP-GEN-13/callmode-leaks`: the job gets the mode as one more argument.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::Order;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-13/callmode-leaks",
    sentence: "the job gets the mode as one more argument",
    requirements: &["UIP-GEN-13"],
    affects: &[(Operation::Invoke, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn order(&self, exchange: &Exchange<'_>, _: &World, order: &mut Order) {
        let mode = exchange.sent_arguments().get("$callMode").cloned();
        order.rewrite_arguments(|arguments| {
            arguments.extend(mode.map(|mode| ("$callMode".to_owned(), mode)));
        });
    }
}
