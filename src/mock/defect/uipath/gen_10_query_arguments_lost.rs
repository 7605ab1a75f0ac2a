//! `UIP-GEN-10/query-arguments-lost`: arguments in the query do not reach the job.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::Order;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-10/query-arguments-lost",
    sentence: "arguments in the query do not reach the job",
    requirements: &["UIP-GEN-10", "UIP-GEN-11"],
    affects: &[(Operation::Invoke, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn order(&self, exchange: &Exchange<'_>, _: &World, order: &mut Order) {
        let query = &exchange.request.query;
        order.rewrite_arguments(|arguments| {
            arguments.retain(|name, _| !query.iter().any(|(key, _)| key == name));
        });
    }
}
