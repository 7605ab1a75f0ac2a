//! `UIP-GEN-06/wrong-verb-accepted`: a trigger starts jobs with any verb.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-06/wrong-verb-accepted",
    sentence: "a trigger starts jobs with any verb",
    requirements: &["UIP-GEN-07", "UIP-GEN-06"],
    affects: &[(Operation::Invoke, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn waives(&self, _: &Exchange<'_>, refusal: &Refusal) -> bool {
        matches!(refusal, Refusal::WrongMethod(_))
    }
}
