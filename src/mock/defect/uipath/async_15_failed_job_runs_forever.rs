//! `UIP-ASYNC-15/failed-job-runs-forever`: a failed job is polled as one that runs.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::{Job, State};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-15/failed-job-runs-forever",
    sentence: "a failed job is polled as one that runs",
    requirements: &["UIP-ASYNC-15"],
    affects: &[(Operation::Poll, Aspect::Status)],
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
