//! `UIP-GEN-21/duplicate-on-wait`: every call that waits on starts one more job.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance, stray};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-21/duplicate-on-wait",
    sentence: "every call that waits on starts one more job",
    requirements: &["UIP-GEN-21"],
    affects: &[(Operation::Wait, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn act(&self, exchange: &Exchange<'_>, world: &mut World) {
        if exchange.refusal.is_none() {
            stray::copy(exchange, world);
        }
    }
}
