//! `UIP-ASYNC-11/200-forever`: the status URI never redirects.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::{Job, State};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-11/200-forever",
    sentence: "the status URI never redirects",
    requirements: &["UIP-ASYNC-11"],
    affects: &[(Operation::Poll, Aspect::Status)],
    provenance: Provenance::Observed("https://github.com/codalab/codalab-worksheets/issues/194"),
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn view(&self, _: &Exchange<'_>, _: &World, job: &mut Job) {
        job.state = State::Running;
    }
}
