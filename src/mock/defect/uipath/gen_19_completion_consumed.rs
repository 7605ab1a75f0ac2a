//! `UIP-GEN-19/completion-consumed`: the redirect at the end is given once, and lost with the answer that carried it.

use hyper::StatusCode;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::{Job, State};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-19/completion-consumed",
    sentence: "the redirect at the end is given once, and lost with the answer that carried it",
    requirements: &["UIP-GEN-19", "UIP-ASYNC-21"],
    affects: &[(Operation::Poll, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn view(&self, exchange: &Exchange<'_>, world: &World, job: &mut Job) {
        if exchange.times_answered(world, StatusCode::SEE_OTHER) > 0 {
            job.state = State::Running;
        }
    }
}
