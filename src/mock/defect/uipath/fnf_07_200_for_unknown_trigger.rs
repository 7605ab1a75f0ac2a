//! `UIP-FNF-07/200-for-unknown-trigger`: a trigger that does not exist says that the job was started.

use hyper::StatusCode;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-FNF-07/200-for-unknown-trigger",
    sentence: "a trigger that does not exist says that the job was started",
    requirements: &["UIP-FNF-07", "UIP-ASYNC-27"],
    affects: &[(Operation::Invoke, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if exchange.refusal == Some(Refusal::UnknownFixture) {
            *answer = Answer::empty(StatusCode::OK);
        }
    }
}
