//! `UIP-ASYNC-13/output-says-202`: the output URI gives the result with the code of a job that runs.

use hyper::StatusCode;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-13/output-says-202",
    sentence: "the output URI gives the result with the code of a job that runs",
    requirements: &["UIP-ASYNC-13"],
    affects: &[(Operation::Output, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if exchange.refusal.is_none() {
            answer.status = StatusCode::ACCEPTED;
        }
    }
}
