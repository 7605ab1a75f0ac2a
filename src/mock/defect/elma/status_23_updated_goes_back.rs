//! `ELMA-STATUS-23/updated-goes-back`: every other read of a completed task shows an older change.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::{Job, State};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-23/updated-goes-back",
    sentence: "every other read of a completed task shows an older change",
    requirements: &["ELMA-STATUS-23", "ELMA-STATUS-09"],
    affects: &[(Operation::Status, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn view(&self, exchange: &Exchange<'_>, world: &World, job: &mut Job) {
        if job.state == State::Done && exchange.times(world) % 2 == 1 {
            job.updated = job.created;
        }
    }
}
