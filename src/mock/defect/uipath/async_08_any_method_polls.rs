//! `UIP-ASYNC-08/any-method-polls`: the status URI is served with any method.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-08/any-method-polls",
    sentence: "the status URI is served with any method",
    requirements: &["UIP-ASYNC-08"],
    affects: &[(Operation::Poll, Aspect::Status)],
    provenance: Provenance::Observed,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn waives(&self, _: &Exchange<'_>, refusal: &Refusal) -> bool {
        matches!(refusal, Refusal::WrongMethod(_))
    }
}
