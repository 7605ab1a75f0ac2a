//! `UIP-GEN-03/unreadable-call-creates-job`: a call whose body cannot be read is refused, and its job started.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance, stray};
use crate::mock::protocol::Refusal;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-03/unreadable-call-creates-job",
    sentence: "a call whose body cannot be read is refused, and its job started",
    requirements: &["UIP-GEN-03"],
    affects: &[(Operation::Invoke, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn act(&self, exchange: &Exchange<'_>, world: &mut World) {
        if matches!(exchange.refusal, Some(Refusal::Malformed(_))) {
            stray::of_refused_call(exchange, world);
        }
    }
}
