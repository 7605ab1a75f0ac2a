//! `ELMA-STATUS-09/leaves-done`: a completed task runs again after a while.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance, evidence};
use crate::mock::engine::{Job, State};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-09/leaves-done",
    sentence: "a completed task runs again after a while",
    requirements: &["ELMA-STATUS-09"],
    affects: &[(Operation::Status, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn view(&self, exchange: &Exchange<'_>, _: &World, job: &mut Job) {
        if job.state == State::Done && job.ended.is_some_and(|ended| exchange.now > ended + evidence::A_WHILE)
        {
            job.state = State::Running;
        }
    }
}
