//! `UIP-ASYNC-27/202-for-unknown-trigger`: a trigger that does not exist accepts calls.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance, evidence};
use crate::mock::protocol::Refusal;
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-27/202-for-unknown-trigger",
    sentence: "a trigger that does not exist accepts calls",
    requirements: &["UIP-ASYNC-27", "UIP-FNF-07"],
    affects: &[(Operation::Invoke, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if exchange.refusal == Some(Refusal::UnknownFixture) {
            *answer = evidence::accepted_for_nothing(exchange);
        }
    }
}
