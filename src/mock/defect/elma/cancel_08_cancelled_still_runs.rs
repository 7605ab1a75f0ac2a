//! `ELMA-CANCEL-08/cancelled-still-runs`: a cancel is confirmed, and the task runs all the same.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CANCEL-08/cancelled-still-runs",
    sentence: "a cancel is confirmed, and the task runs all the same",
    requirements: &["ELMA-CANCEL-08"],
    affects: &[(Operation::Cancel, Aspect::State)],
    provenance: Provenance::Observed("https://github.com/Netflix/conductor/issues/163"),
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn skips(&self, _: &Exchange<'_>) -> bool {
        true
    }
}
