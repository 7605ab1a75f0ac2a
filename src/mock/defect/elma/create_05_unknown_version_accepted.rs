//! `ELMA-CREATE-05/unknown-version-accepted`: a version that does not exist runs as the current one.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CREATE-05/unknown-version-accepted",
    sentence: "a version that does not exist runs as the current one",
    requirements: &["ELMA-CREATE-05"],
    affects: &[(Operation::Create, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn waives(&self, _: &Exchange<'_>, refusal: &Refusal) -> bool {
        *refusal == Refusal::UnknownVersion
    }
}
