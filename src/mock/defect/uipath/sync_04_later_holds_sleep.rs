//! `UIP-SYNC-04/later-holds-sleep`: a call that waits on sleeps until its timeout, even if its job ends before.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Patience, Provenance};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-04/later-holds-sleep",
    sentence: "a call that waits on sleeps until its timeout, even if its job ends before",
    requirements: &["UIP-SYNC-04"],
    affects: &[(Operation::Wait, Aspect::Timing)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn patience(&self, exchange: &Exchange<'_>, world: &World, patience: &mut Patience) {
        let goes_on = !exchange.job_has_ended(world);
        patience.notices &= !goes_on;
    }
}
