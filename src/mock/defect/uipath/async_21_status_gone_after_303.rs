//! `UIP-ASYNC-21/status-gone-after-303`: the status URI is gone once it has redirected.

use hyper::StatusCode;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::{self, Refusal};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-21/status-gone-after-303",
    sentence: "the status URI is gone once it has redirected",
    requirements: &["UIP-ASYNC-21", "UIP-GEN-19"],
    affects: &[(Operation::Poll, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        if exchange.times_answered(world, StatusCode::SEE_OTHER) > 0 {
            *answer = protocol::refuse(exchange, Refusal::UnknownJob);
        }
    }
}
