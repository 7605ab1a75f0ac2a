//! `UIP-SYNC-04/released-at-timeout-only`: a waiting call is answered at its timeout, even if the job ended long before.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Patience, Provenance};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-04/released-at-timeout-only",
    sentence: "a waiting call is answered at its timeout, even if the job ended long before",
    requirements: &["UIP-SYNC-04"],
    affects: &[(Operation::Invoke, Aspect::Timing), (Operation::Wait, Aspect::Timing)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn patience(&self, exchange: &Exchange<'_>, _: &World, patience: &mut Patience) {
        patience.notices &= !exchange.is_long_poll();
    }
}
