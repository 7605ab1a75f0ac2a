//! `ELMA-STATUS-10/never-done`: a task that ended well executes for ever.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::{Job, State};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-10/never-done",
    sentence: "a task that ended well executes for ever",
    requirements: &["ELMA-STATUS-10"],
    affects: &[(Operation::Status, Aspect::Body)],
    provenance: Provenance::Observed("https://github.com/bacalhau-project/bacalhau/issues/4197"),
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn view(&self, _: &Exchange<'_>, _: &World, job: &mut Job) {
        if job.state == State::Done {
            job.state = State::Running;
        }
    }
}
