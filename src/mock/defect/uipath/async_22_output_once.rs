//! `UIP-ASYNC-22/output-once`: the output can be read once.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::{self, Refusal};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-22/output-once",
    sentence: "the output can be read once",
    requirements: &["UIP-ASYNC-22"],
    affects: &[(Operation::Output, Aspect::Status)],
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
