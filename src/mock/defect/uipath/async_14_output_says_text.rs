//! `UIP-ASYNC-14/output-says-text`: the result is JSON, but says that it is plain text.

use hyper::header::CONTENT_TYPE;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-14/output-says-text",
    sentence: "the result is JSON, but says that it is plain text",
    requirements: &["UIP-ASYNC-14"],
    affects: &[(Operation::Output, Aspect::Header)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if exchange.refusal.is_none() {
            answer.set(CONTENT_TYPE, "text/plain; charset=utf-8");
        }
    }
}
