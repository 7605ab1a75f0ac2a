//! `ELMA-CANCEL-04/creator-refused`: nobody may cancel, the creator neither.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CANCEL-04/creator-refused",
    sentence: "nobody may cancel, the creator neither",
    requirements: &["ELMA-CANCEL-04", "ELMA-CANCEL-01"],
    affects: &[(Operation::Cancel, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn refuses(&self, _: &Exchange<'_>) -> Option<Refusal> {
        Some(Refusal::NotCreator)
    }
}
