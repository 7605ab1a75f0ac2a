//! `UIP-FNF-02/retry-after`: the start of a job to be forgotten says when to ask again.

use hyper::header::RETRY_AFTER;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::fixture::Mode;
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-FNF-02/retry-after",
    sentence: "the start of a job to be forgotten says when to ask again",
    requirements: &["UIP-FNF-02"],
    affects: &[(Operation::Invoke, Aspect::Header)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if exchange.is(Operation::Invoke, Mode::FireAndForget) {
            answer.set(RETRY_AFTER, "5");
        }
    }
}
