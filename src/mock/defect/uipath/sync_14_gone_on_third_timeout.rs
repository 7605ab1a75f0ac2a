//! `UIP-SYNC-14/gone-on-third-timeout`: the third timeout of a wait ends it.

use hyper::StatusCode;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::{self, Refusal};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-14/gone-on-third-timeout",
    sentence: "the third timeout of a wait ends it",
    requirements: &["UIP-SYNC-14"],
    affects: &[(Operation::Wait, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        if answer.status == StatusCode::SEE_OTHER && exchange.times(world) > 0 {
            *answer = protocol::refuse(exchange, Refusal::UnknownJob);
        }
    }
}
