//! `UIP-ASYNC-14/output-as-html`: the result is a page for people.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-14/output-as-html",
    sentence: "the result is a page for people",
    requirements: &["UIP-ASYNC-14", "UIP-ASYNC-13"],
    affects: &[(Operation::Output, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if exchange.refusal.is_none() {
            let page = format!("<html><body>{}</body></html>", String::from_utf8_lossy(&answer.body));
            *answer = Answer::text(answer.status, "text/html", page);
        }
    }
}
