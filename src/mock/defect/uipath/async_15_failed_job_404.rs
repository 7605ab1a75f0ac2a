//! `UIP-ASYNC-15/failed-job-404`: the status URI of a failed job is not found.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::State;
use crate::mock::protocol::{self, Refusal};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-15/failed-job-404",
    sentence: "the status URI of a failed job is not found",
    requirements: &["UIP-ASYNC-15"],
    affects: &[(Operation::Poll, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        if world.job(exchange.job).is_some_and(|job| job.state == State::Failed) {
            *answer = protocol::refuse(exchange, Refusal::UnknownJob);
        }
    }
}
