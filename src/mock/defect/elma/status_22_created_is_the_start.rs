//! `ELMA-STATUS-22/created-is-the-start`: once it runs, a task shows the start of its run as its creation.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::Job;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-22/created-is-the-start",
    sentence: "once it runs, a task shows the start of its run as its creation",
    requirements: &["ELMA-STATUS-22", "ELMA-CREATE-21"],
    affects: &[(Operation::Status, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn view(&self, _: &Exchange<'_>, _: &World, job: &mut Job) {
        job.created = job.ended.or(job.started).unwrap_or(job.created);
    }
}
