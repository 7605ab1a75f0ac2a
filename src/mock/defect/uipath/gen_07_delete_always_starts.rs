//! `UIP-GEN-07/delete-always-starts`: a DELETE starts a job, whatever verb the trigger is set to.

use hyper::Method;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-07/delete-always-starts",
    sentence: "a DELETE starts a job, whatever verb the trigger is set to",
    requirements: &["UIP-GEN-07"],
    affects: &[(Operation::Invoke, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn waives(&self, exchange: &Exchange<'_>, refusal: &Refusal) -> bool {
        matches!(refusal, Refusal::WrongMethod(_)) && exchange.request.method == Method::DELETE
    }
}
