//! `UIP-SYNC-27/redirect-for-unknown-trigger`: a call for a trigger that does not exist is redirected.

use hyper::StatusCode;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance, evidence};
use crate::mock::protocol::Refusal;
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-27/redirect-for-unknown-trigger",
    sentence: "a call for a trigger that does not exist is redirected",
    requirements: &["UIP-SYNC-27", "UIP-ASYNC-27"],
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
            answer.status = StatusCode::SEE_OTHER;
        }
    }
}
