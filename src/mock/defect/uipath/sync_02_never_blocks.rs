//! `UIP-SYNC-02/never-blocks`: a call that wants to wait is redirected at once.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Patience, Provenance};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-02/never-blocks",
    sentence: "a call that wants to wait is redirected at once",
    requirements: &["UIP-SYNC-02", "UIP-SYNC-07", "UIP-SYNC-03"],
    affects: &[(Operation::Invoke, Aspect::Timing)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn patience(&self, exchange: &Exchange<'_>, _: &World, patience: &mut Patience) {
        if exchange.is_long_poll() {
            patience.until = Some(exchange.now);
        }
    }
}
