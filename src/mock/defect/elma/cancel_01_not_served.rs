//! `ELMA-CANCEL-01/not-served`: cancelling is not served at all.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CANCEL-01/not-served",
    sentence: "cancelling is not served at all",
    requirements: &["ELMA-CANCEL-01", "ELMA-CANCEL-04"],
    affects: &[(Operation::Cancel, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn refuses(&self, _: &Exchange<'_>) -> Option<Refusal> {
        Some(Refusal::UnknownFixture)
    }
}
