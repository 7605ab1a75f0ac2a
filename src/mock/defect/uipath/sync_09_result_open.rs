//! `UIP-SYNC-09/result-open`: the status URI of an ended job gives its result to everybody.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-09/result-open",
    sentence: "the status URI of an ended job gives its result to everybody",
    requirements: &["UIP-SYNC-09", "UIP-GEN-02"],
    affects: &[(Operation::Wait, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn receive(&self, exchange: &mut Exchange<'_>, world: &World) {
        if world.job(exchange.called_job(world)).is_some_and(|job| job.state.is_final()) {
            exchange.let_in();
        }
    }
}
