//! `UIP-GEN-03/refused-call-creates-job`: a call with a bad bearer or none is refused, and its job started.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance, stray};
use crate::mock::protocol::Refusal;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-03/refused-call-creates-job",
    sentence: "a call with a bad bearer or none is refused, and its job started",
    requirements: &["UIP-GEN-03", "UIP-GEN-02"],
    affects: &[(Operation::Invoke, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn act(&self, exchange: &Exchange<'_>, world: &mut World) {
        if matches!(exchange.refusal, Some(Refusal::MissingCredential | Refusal::UnknownCredential)) {
            stray::of_refused_call(exchange, world);
        }
    }
}
