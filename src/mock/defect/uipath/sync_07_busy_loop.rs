//! `UIP-SYNC-07/busy-loop`: a waiting call is redirected long before its timeout.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Patience, Provenance};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-07/busy-loop",
    sentence: "a waiting call is redirected long before its timeout",
    requirements: &["UIP-SYNC-07"],
    affects: &[(Operation::Invoke, Aspect::Timing), (Operation::Wait, Aspect::Timing)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn patience(&self, exchange: &Exchange<'_>, _: &World, patience: &mut Patience) {
        if exchange.is_long_poll() {
            patience.until = Some(exchange.now + exchange.configuration.hold / 10);
        }
    }
}
