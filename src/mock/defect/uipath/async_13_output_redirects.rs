//! `UIP-ASYNC-13/output-redirects`: the output URI redirects to itself.

use hyper::StatusCode;
use hyper::header::LOCATION;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-13/output-redirects",
    sentence: "the output URI redirects to itself",
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
            *answer = Answer::empty(StatusCode::SEE_OTHER).with(LOCATION, &exchange.request.path);
        }
    }
}
