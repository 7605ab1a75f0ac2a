//! `UIP-GEN-02/refusal-says-200`: a call without a bearer gets its refusal with code 200.

use hyper::StatusCode;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-02/refusal-says-200",
    sentence: "a call without a bearer gets its refusal with code 200",
    requirements: &["UIP-GEN-02", "UIP-ASYNC-18"],
    affects: &[
        (Operation::Invoke, Aspect::Status),
        (Operation::Poll, Aspect::Status),
        (Operation::Wait, Aspect::Status),
        (Operation::Output, Aspect::Status),
    ],
    provenance: Provenance::Observed("https://github.com/ether/etherpad/issues/2343"),
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if matches!(exchange.refusal, Some(Refusal::MissingCredential | Refusal::UnknownCredential)) {
            answer.status = StatusCode::OK;
        }
    }
}
