//! `ELMA-AUTH-01/no-token-reads`: a task can be read without a token.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-AUTH-01/no-token-reads",
    sentence: "a task can be read without a token",
    requirements: &["ELMA-AUTH-01"],
    affects: &[(Operation::Status, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn waives(&self, _: &Exchange<'_>, refusal: &Refusal) -> bool {
        *refusal == Refusal::MissingCredential
    }
}
