//! `UIP-GEN-07/wrong-verb-creates`: a call with the wrong verb is refused, and its job started.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance, stray};
use crate::mock::protocol::Refusal;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-07/wrong-verb-creates",
    sentence: "a call with the wrong verb is refused, and its job started",
    requirements: &["UIP-GEN-07", "UIP-GEN-03"],
    affects: &[(Operation::Invoke, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn act(&self, exchange: &Exchange<'_>, world: &mut World) {
        if matches!(exchange.refusal, Some(Refusal::WrongMethod(_))) {
            stray::of_refused_call(exchange, world);
        }
    }
}
