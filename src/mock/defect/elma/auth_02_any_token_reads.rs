//! `ELMA-AUTH-02/any-token-reads`: a token that nobody has reads tasks.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-AUTH-02/any-token-reads",
    sentence: "a token that nobody has reads tasks",
    requirements: &["ELMA-AUTH-02"],
    affects: &[(Operation::Status, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn waives(&self, _: &Exchange<'_>, refusal: &Refusal) -> bool {
        *refusal == Refusal::UnknownCredential
    }
}
