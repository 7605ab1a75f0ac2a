//! `UIP-ASYNC-11/first-read-says-running`: the first read of a status URI says that the job goes on, whatever it does.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::{Job, State};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-11/first-read-says-running",
    sentence: "the first read of a status URI says that the job goes on, whatever it does",
    requirements: &["UIP-ASYNC-11"],
    affects: &[(Operation::Poll, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn view(&self, exchange: &Exchange<'_>, world: &World, job: &mut Job) {
        if job.state.is_final() && exchange.times(world) == 0 {
            job.state = State::Running;
        }
    }
}
