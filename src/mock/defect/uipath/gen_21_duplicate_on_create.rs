//! `UIP-GEN-21/duplicate-on-create`: one call starts two jobs.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance, stray};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-21/duplicate-on-create",
    sentence: "one call starts two jobs",
    requirements: &["UIP-GEN-21", "UIP-ASYNC-01"],
    affects: &[(Operation::Invoke, Aspect::State)],
    provenance: Provenance::Observed("https://github.com/pentaho/pentaho-kettle/pull/6613"),
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
