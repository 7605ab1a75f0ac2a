//! `ELMA-STATUS-08/goes-backwards`: every other read of a running task shows it in the queue.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::{Job, State};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-08/goes-backwards",
    sentence: "every other read of a running task shows it in the queue",
    requirements: &["ELMA-STATUS-08"],
    affects: &[(Operation::Status, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn view(&self, exchange: &Exchange<'_>, world: &World, job: &mut Job) {
        if job.state == State::Running && exchange.times(world) % 2 == 1 {
            job.state = State::Queued;
        }
    }
}
