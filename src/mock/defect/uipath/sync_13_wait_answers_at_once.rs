//! `UIP-SYNC-13/wait-answers-at-once`: a call that waits on is redirected at once.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Patience, Provenance};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-13/wait-answers-at-once",
    sentence: "a call that waits on is redirected at once",
    requirements: &["UIP-SYNC-13", "UIP-SYNC-07"],
    affects: &[(Operation::Wait, Aspect::Timing)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn patience(&self, exchange: &Exchange<'_>, _: &World, patience: &mut Patience) {
        patience.until = Some(exchange.now);
    }
}
