//! `UIP-ASYNC-09/303-to-itself-while-running`: the status URI of a job that runs redirects to itself.

use hyper::StatusCode;
use hyper::header::LOCATION;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-09/303-to-itself-while-running",
    sentence: "the status URI of a job that runs redirects to itself",
    requirements: &["UIP-ASYNC-09"],
    affects: &[(Operation::Poll, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if answer.status == StatusCode::OK {
            *answer = Answer::empty(StatusCode::SEE_OTHER).with(LOCATION, &exchange.request.path);
        }
    }
}
