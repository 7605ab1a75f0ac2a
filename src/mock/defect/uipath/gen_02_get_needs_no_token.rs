//! `UIP-GEN-02/get-needs-no-token`: a trigger that is called with GET wants no bearer.

use hyper::Method;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-02/get-needs-no-token",
    sentence: "a trigger that is called with GET wants no bearer",
    requirements: &["UIP-GEN-02", "UIP-FNF-05", "UIP-SYNC-11"],
    affects: &[(Operation::Invoke, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn waives(&self, exchange: &Exchange<'_>, refusal: &Refusal) -> bool {
        *refusal == Refusal::MissingCredential && exchange.request.method == Method::GET
    }
}
