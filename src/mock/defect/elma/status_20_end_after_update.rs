//! `ELMA-STATUS-20/end-after-update`: the run ends long after the task was last changed.

use std::time::Duration;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::Job;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-20/end-after-update",
    sentence: "the run ends long after the task was last changed",
    requirements: &["ELMA-STATUS-20"],
    affects: &[(Operation::Status, Aspect::Body), (Operation::Cancel, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn view(&self, _: &Exchange<'_>, _: &World, job: &mut Job) {
        job.ended = job.ended.map(|ended| ended + Duration::from_hours(1));
    }
}
