//! `ELMA-DL-03/first-file-for-any-name`: a name that no file has gives the first file.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-DL-03/first-file-for-any-name",
    sentence: "a name that no file has gives the first file",
    requirements: &["ELMA-DL-03", "ELMA-DL-09"],
    affects: &[(Operation::Download, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn waives(&self, _: &Exchange<'_>, refusal: &Refusal) -> bool {
        *refusal == Refusal::UnknownFile
    }
}
