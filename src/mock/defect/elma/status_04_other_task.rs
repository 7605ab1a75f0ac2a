//! `ELMA-STATUS-04/other-task`: a read shows the newest task, whichever was asked for.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::Job;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-04/other-task",
    sentence: "a read shows the newest task, whichever was asked for",
    requirements: &["ELMA-STATUS-04"],
    affects: &[(Operation::Status, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn view(&self, _: &Exchange<'_>, world: &World, job: &mut Job) {
        if let Some((_, newest)) = world.engine.jobs().next_back() {
            *job = newest.clone();
        }
    }
}
