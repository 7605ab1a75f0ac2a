//! `ELMA-STATUS-09/updated-moves-after-done`: every read of a completed task counts as an update.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::{Job, State};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-09/updated-moves-after-done",
    sentence: "every read of a completed task counts as an update",
    requirements: &["ELMA-STATUS-09"],
    affects: &[(Operation::Status, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn view(&self, exchange: &Exchange<'_>, _: &World, job: &mut Job) {
        if job.state == State::Done {
            job.updated = exchange.now;
        }
    }
}
