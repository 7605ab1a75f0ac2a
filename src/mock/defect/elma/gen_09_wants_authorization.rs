//! `ELMA-GEN-09/wants-authorization`: a call without an Authorization header is refused.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-GEN-09/wants-authorization",
    sentence: "a call without an Authorization header is refused",
    requirements: &["ELMA-GEN-09"],
    affects: &[
        (Operation::Create, Aspect::Status),
        (Operation::Status, Aspect::Status),
        (Operation::Cancel, Aspect::Status),
        (Operation::Download, Aspect::Status),
    ],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn refuses(&self, exchange: &Exchange<'_>) -> Option<Refusal> {
        (!exchange.has_authorization()).then_some(Refusal::MissingCredential)
    }
}
