//! `UIP-GEN-19/result-consumed`: the result is given to the first who asks, and lost with the answer that carried it.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::{self, Refusal};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-19/result-consumed",
    sentence: "the result is given to the first who asks, and lost with the answer that carried it",
    requirements: &["UIP-GEN-19", "UIP-ASYNC-22"],
    affects: &[(Operation::Output, Aspect::Status), (Operation::Wait, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        if exchange.times_succeeded(world) > 0 {
            *answer = protocol::refuse(exchange, Refusal::UnknownJob);
        }
    }
}
