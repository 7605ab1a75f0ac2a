//! `ELMA-STATUS-09/error-becomes-done`: a failed task counts as completed after a while.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance, evidence};
use crate::mock::engine::{Job, State};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-09/error-becomes-done",
    sentence: "a failed task counts as completed after a while",
    requirements: &["ELMA-STATUS-09", "ELMA-STATUS-11"],
    affects: &[(Operation::Status, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn view(&self, exchange: &Exchange<'_>, _: &World, job: &mut Job) {
        if job.state == State::Failed
            && job.ended.is_some_and(|ended| exchange.now > ended + evidence::A_WHILE)
        {
            job.state = State::Done;
        }
    }
}
