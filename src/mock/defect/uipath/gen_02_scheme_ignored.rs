//! `UIP-GEN-02/scheme-ignored`: whatever stands in Authorization counts as a bearer.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-02/scheme-ignored",
    sentence: "whatever stands in Authorization counts as a bearer",
    requirements: &["UIP-GEN-02"],
    affects: &[
        (Operation::Invoke, Aspect::Status),
        (Operation::Poll, Aspect::Status),
        (Operation::Output, Aspect::Status),
    ],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn waives(&self, exchange: &Exchange<'_>, refusal: &Refusal) -> bool {
        *refusal == Refusal::MissingCredential && exchange.has_authorization()
    }
}
