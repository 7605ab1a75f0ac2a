//! `UIP-GEN-11/last-argument-of-put-lost`: of the arguments of a PUT the last does not reach the job.

use hyper::Method;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::Order;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-11/last-argument-of-put-lost",
    sentence: "of the arguments of a PUT the last does not reach the job",
    requirements: &["UIP-GEN-11"],
    affects: &[(Operation::Invoke, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn order(&self, exchange: &Exchange<'_>, _: &World, order: &mut Order) {
        if exchange.request.method == Method::PUT {
            order.rewrite_arguments(|arguments| drop(arguments.shift_remove("lastArgument")));
        }
    }
}
