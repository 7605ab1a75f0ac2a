//! `UIP-ASYNC-27/location-in-refusal`: a refused call gets a status URI.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance, evidence};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-27/location-in-refusal",
    sentence: "a refused call gets a status URI",
    requirements: &["UIP-ASYNC-27"],
    affects: &[(Operation::Invoke, Aspect::Header)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if exchange.refusal.is_some() {
            let status = answer.status;
            *answer = evidence::accepted_for_nothing(exchange);
            answer.status = status;
        }
    }
}
