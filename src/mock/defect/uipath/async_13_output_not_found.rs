//! `UIP-ASYNC-13/output-not-found`: the output URI is not found.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-13/output-not-found",
    sentence: "the output URI is not found",
    requirements: &["UIP-ASYNC-13"],
    affects: &[(Operation::Output, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn refuses(&self, _: &Exchange<'_>) -> Option<Refusal> {
        Some(Refusal::UnknownJob)
    }
}
