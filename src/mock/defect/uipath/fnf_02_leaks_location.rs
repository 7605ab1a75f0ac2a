//! `UIP-FNF-02/leaks-location`: the start of a job to be forgotten gives a status URI.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance, evidence};
use crate::mock::fixture::Mode;
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-FNF-02/leaks-location",
    sentence: "the start of a job to be forgotten gives a status URI",
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
            let accepted = evidence::accepted_for_nothing(exchange);
            answer.headers.extend(accepted.headers);
        }
    }
}
