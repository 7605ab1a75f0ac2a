//! `UIP-SYNC-06/302`: a waiting call is redirected with 302.

use hyper::StatusCode;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-06/302",
    sentence: "a waiting call is redirected with 302",
    requirements: &["UIP-SYNC-06", "UIP-SYNC-14"],
    affects: &[(Operation::Invoke, Aspect::Status), (Operation::Wait, Aspect::Status)],
    provenance: Provenance::Doc("the text says 303, and its samples look for 302"),
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if exchange.is_long_poll() && answer.status == StatusCode::SEE_OTHER {
            answer.status = StatusCode::FOUND;
        }
    }
}
