//! `UIP-ASYNC-13/output-of-other-job`: the output URI gives the output of the job started last.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::Job;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-13/output-of-other-job",
    sentence: "the output URI gives the output of the job started last",
    requirements: &["UIP-ASYNC-13"],
    affects: &[(Operation::Output, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn view(&self, _: &Exchange<'_>, world: &World, job: &mut Job) {
        if let Some((_, last)) = world.engine.jobs().next_back() {
            job.order.ending = last.order.ending.clone();
        }
    }
}
