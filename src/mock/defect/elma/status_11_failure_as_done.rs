//! `ELMA-STATUS-11/failure-as-done`: a failed task is shown as a completed one.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::{Job, State};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-11/failure-as-done",
    sentence: "a failed task is shown as a completed one",
    requirements: &["ELMA-STATUS-11"],
    affects: &[(Operation::Status, Aspect::Body)],
    provenance: Provenance::Observed("https://github.com/skypilot-org/skypilot/issues/8928"),
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn view(&self, _: &Exchange<'_>, _: &World, job: &mut Job) {
        if job.state == State::Failed {
            job.state = State::Done;
        }
    }
}
