//! `ELMA-STATUS-28/stale-read`: a new task is not found at first.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance, evidence};
use crate::mock::protocol::{self, Refusal};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-28/stale-read",
    sentence: "a new task is not found at first",
    requirements: &["ELMA-STATUS-28"],
    affects: &[(Operation::Status, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        let new = world.job(exchange.job).is_some_and(|job| exchange.now < job.created + evidence::A_WHILE);
        if new {
            *answer = protocol::refuse(exchange, Refusal::UnknownJob);
        }
    }
}
