//! `UIP-GEN-15/holds-until-end`: a waiting call is held until its job ends, however long that takes.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Patience, Provenance};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-15/holds-until-end",
    sentence: "a waiting call is held until its job ends, however long that takes",
    requirements: &["UIP-GEN-15", "UIP-SYNC-06"],
    affects: &[(Operation::Invoke, Aspect::Timing), (Operation::Wait, Aspect::Timing)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn patience(&self, exchange: &Exchange<'_>, _: &World, patience: &mut Patience) {
        if exchange.is_long_poll() {
            patience.until = None;
        }
    }
}
