//! `UIP-ASYNC-27/202-for-disabled-trigger`: a disabled trigger starts jobs.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-27/202-for-disabled-trigger",
    sentence: "a disabled trigger starts jobs",
    requirements: &["UIP-ASYNC-27", "UIP-FNF-07"],
    affects: &[(Operation::Invoke, Aspect::Status)],
    provenance: Provenance::Observed,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn waives(&self, _: &Exchange<'_>, refusal: &Refusal) -> bool {
        *refusal == Refusal::Disabled
    }
}
