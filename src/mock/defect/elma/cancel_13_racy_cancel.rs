//! `ELMA-CANCEL-13/racy-cancel`: a cancel that comes just after the start is confirmed, and the task goes on.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CANCEL-13/racy-cancel",
    sentence: "a cancel that comes just after the start is confirmed, and the task goes on",
    requirements: &["ELMA-CANCEL-13", "ELMA-CANCEL-08"],
    affects: &[(Operation::Cancel, Aspect::Body)],
    provenance: Provenance::Observed,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn waives(&self, _: &Exchange<'_>, refusal: &Refusal) -> bool {
        *refusal == Refusal::NotWaiting
    }
}
