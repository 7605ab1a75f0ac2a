//! `UIP-SYNC-24/one-waiter-at-a-time`: while one call waits, another is answered only at its own timeout.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Patience, Provenance};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-24/one-waiter-at-a-time",
    sentence: "while one call waits, another is answered only at its own timeout",
    requirements: &["UIP-SYNC-24", "UIP-SYNC-04"],
    affects: &[(Operation::Invoke, Aspect::Timing), (Operation::Wait, Aspect::Timing)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn patience(&self, exchange: &Exchange<'_>, world: &World, patience: &mut Patience) {
        patience.notices &= !(exchange.is_long_poll() && world.parked > 0);
    }
}
