//! `UIP-GEN-06/put-refused`: no trigger is served with PUT.

use hyper::Method;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-06/put-refused",
    sentence: "no trigger is served with PUT",
    requirements: &["UIP-GEN-06", "UIP-ASYNC-02"],
    affects: &[(Operation::Invoke, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn refuses(&self, exchange: &Exchange<'_>) -> Option<Refusal> {
        (exchange.request.method == Method::PUT).then_some(Refusal::WrongMethod("POST"))
    }
}
