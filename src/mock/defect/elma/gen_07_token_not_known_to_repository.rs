//! `ELMA-GEN-07/token-not-known-to-repository`: the download knows none of the systems.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-GEN-07/token-not-known-to-repository",
    sentence: "the download knows none of the systems",
    requirements: &["ELMA-GEN-07", "ELMA-DL-01"],
    affects: &[(Operation::Download, Aspect::Status), (Operation::Download, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn refuses(&self, _: &Exchange<'_>) -> Option<Refusal> {
        Some(Refusal::UnknownCredential)
    }
}
