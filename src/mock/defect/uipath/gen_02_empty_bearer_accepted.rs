//! `UIP-GEN-02/empty-bearer-accepted`: a bearer without a token behind it lets the call in.

use hyper::header::AUTHORIZATION;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-02/empty-bearer-accepted",
    sentence: "a bearer without a token behind it lets the call in",
    requirements: &["UIP-GEN-02"],
    affects: &[(Operation::Invoke, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn waives(&self, exchange: &Exchange<'_>, refusal: &Refusal) -> bool {
        let shown = exchange.request.header(&AUTHORIZATION).map(str::trim);
        *refusal == Refusal::MissingCredential && shown == Some("Bearer")
    }
}
