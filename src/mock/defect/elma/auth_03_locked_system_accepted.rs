//! `ELMA-AUTH-03/locked-system-accepted`: a locked system is let in.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-AUTH-03/locked-system-accepted",
    sentence: "a locked system is let in",
    requirements: &["ELMA-AUTH-03"],
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
    fn waives(&self, _: &Exchange<'_>, refusal: &Refusal) -> bool {
        *refusal == Refusal::Locked
    }
}
