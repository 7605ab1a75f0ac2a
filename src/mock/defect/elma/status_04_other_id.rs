//! `ELMA-STATUS-04/other-id`: a read shows the right task under a wrong id.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::Job;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-04/other-id",
    sentence: "a read shows the right task under a wrong id",
    requirements: &["ELMA-STATUS-04"],
    affects: &[(Operation::Status, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn view(&self, _: &Exchange<'_>, _: &World, job: &mut Job) {
        job.order.number += 1;
    }
}
