//! `UIP-SYNC-09/any-token-waits`: the wait takes any bearer token, though the tenant wants a valid one.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-09/any-token-waits",
    sentence: "the wait takes any bearer token, though the tenant wants a valid one",
    requirements: &["UIP-SYNC-09", "UIP-GEN-02"],
    affects: &[(Operation::Wait, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn waives(&self, _: &Exchange<'_>, refusal: &Refusal) -> bool {
        *refusal == Refusal::UnknownCredential
    }
}
