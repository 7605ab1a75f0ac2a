//! `ELMA-STATUS-11/failure-never-ends`: a failed task executes for ever.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::{Job, State};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-11/failure-never-ends",
    sentence: "a failed task executes for ever",
    requirements: &["ELMA-STATUS-11"],
    affects: &[(Operation::Status, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn view(&self, _: &Exchange<'_>, _: &World, job: &mut Job) {
        if job.state == State::Failed {
            job.state = State::Running;
        }
    }
}
