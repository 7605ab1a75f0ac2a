//! `ELMA-CREATE-18/metrics-before-the-run`: a task that waits has a time at which it began.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::Job;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CREATE-18/metrics-before-the-run",
    sentence: "a task that waits has a time at which it began",
    requirements: &["ELMA-CREATE-18"],
    affects: &[
        (Operation::Create, Aspect::Body),
        (Operation::Status, Aspect::Body),
        (Operation::Cancel, Aspect::Body),
    ],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn view(&self, _: &Exchange<'_>, _: &World, job: &mut Job) {
        job.started = job.started.or(Some(job.created));
    }
}
