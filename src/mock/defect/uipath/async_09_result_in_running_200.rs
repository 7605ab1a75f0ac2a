//! `UIP-ASYNC-09/result-in-running-200`: a job that runs shows its output when it is polled.

use hyper::StatusCode;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-09/result-in-running-200",
    sentence: "a job that runs shows its output when it is polled",
    requirements: &["UIP-ASYNC-09", "UIP-ASYNC-20"],
    affects: &[(Operation::Poll, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        if let (StatusCode::OK, Some(output)) = (answer.status, exchange.coming_output(world)) {
            *answer = Answer::json(StatusCode::OK, &output);
        }
    }
}
