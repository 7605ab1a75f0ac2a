//! `ELMA-CANCEL-09/flickers`: a cancelled task is there at one read and gone at the next.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::State;
use crate::mock::protocol::{self, Refusal};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CANCEL-09/flickers",
    sentence: "a cancelled task is there at one read and gone at the next",
    requirements: &["ELMA-CANCEL-09"],
    affects: &[(Operation::Status, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        let cancelled = world.job(exchange.job).is_some_and(|job| job.state == State::Cancelled);
        if cancelled && exchange.times(world) % 2 == 1 {
            *answer = protocol::refuse(exchange, Refusal::UnknownJob);
        }
    }
}
