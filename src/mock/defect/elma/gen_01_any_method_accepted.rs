//! `ELMA-GEN-01/any-method-accepted`: every operation is served with any method.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-GEN-01/any-method-accepted",
    sentence: "every operation is served with any method",
    requirements: &["ELMA-GEN-01"],
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
        matches!(refusal, Refusal::WrongMethod(_))
    }
}
