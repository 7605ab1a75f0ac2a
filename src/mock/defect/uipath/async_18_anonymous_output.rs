//! `UIP-ASYNC-18/anonymous-output`: the output URI needs no bearer.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-18/anonymous-output",
    sentence: "the output URI needs no bearer",
    requirements: &["UIP-ASYNC-18", "UIP-GEN-02"],
    affects: &[(Operation::Output, Aspect::Status)],
    provenance: Provenance::Observed("https://github.com/sonichi/sutando/pull/3430"),
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn waives(&self, _: &Exchange<'_>, refusal: &Refusal) -> bool {
        *refusal == Refusal::MissingCredential
    }
}
