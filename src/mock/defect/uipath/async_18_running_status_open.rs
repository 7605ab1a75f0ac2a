//! `UIP-ASYNC-18/running-status-open`: the status URI needs no bearer as long as its job runs.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-18/running-status-open",
    sentence: "the status URI needs no bearer as long as its job runs",
    requirements: &["UIP-ASYNC-18", "UIP-GEN-02"],
    affects: &[(Operation::Poll, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn receive(&self, exchange: &mut Exchange<'_>, world: &World) {
        if world.job(exchange.called_job(world)).is_some_and(|job| !job.state.is_final()) {
            exchange.let_in();
        }
    }
}
