//! `UIP-ASYNC-09/303-before-done`: the status URI redirects to an output that is not there yet.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::{Job, State};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-09/303-before-done",
    sentence: "the status URI redirects to an output that is not there yet",
    requirements: &["UIP-ASYNC-09"],
    affects: &[(Operation::Poll, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn view(&self, _: &Exchange<'_>, _: &World, job: &mut Job) {
        job.state = job.state.max(State::Done);
    }
}
