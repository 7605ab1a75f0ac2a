//! `UIP-SYNC-24/lost-wakeup`: one waiting call of many sleeps through the end of its job.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Patience, Provenance};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-24/lost-wakeup",
    sentence: "one waiting call of many sleeps through the end of its job",
    requirements: &["UIP-SYNC-24", "UIP-SYNC-04"],
    affects: &[(Operation::Invoke, Aspect::Timing), (Operation::Wait, Aspect::Timing)],
    provenance: Provenance::Invented,
    arming: Arming::Nth(20),
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn patience(&self, exchange: &Exchange<'_>, _: &World, patience: &mut Patience) {
        patience.notices &= !exchange.is_long_poll();
    }
}
