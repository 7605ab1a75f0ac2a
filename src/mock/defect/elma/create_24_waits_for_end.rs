//! `ELMA-CREATE-24/waits-for-end`: a creation is answered once the task has ended.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Patience, Provenance};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CREATE-24/waits-for-end",
    sentence: "a creation is answered once the task has ended",
    requirements: &["ELMA-CREATE-24"],
    affects: &[(Operation::Create, Aspect::Timing)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn patience(&self, _: &Exchange<'_>, _: &World, patience: &mut Patience) {
        patience.until = None;
    }
}
