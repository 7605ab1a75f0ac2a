//! `UIP-GEN-19/502-poisons-job`: after a waiting call broke off, its job is no longer found.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-19/502-poisons-job",
    sentence: "after a waiting call broke off, its job is no longer found",
    requirements: &["UIP-GEN-19"],
    affects: &[(Operation::Wait, Aspect::State), (Operation::Invoke, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn abandoned(&self, exchange: &Exchange<'_>, world: &mut World) {
        world.tickets.retain(|_, ticket| Some(ticket.job) != exchange.job);
    }
}
