//! `UIP-ASYNC-27/202-for-bad-body`: a body that cannot be read starts a job without arguments.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-27/202-for-bad-body",
    sentence: "a body that cannot be read starts a job without arguments",
    requirements: &["UIP-ASYNC-27"],
    affects: &[(Operation::Invoke, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn waives(&self, _: &Exchange<'_>, refusal: &Refusal) -> bool {
        matches!(refusal, Refusal::Malformed(_))
    }
}
