//! `UIP-ASYNC-13/output-empty`: the output URI gives an empty object.

use bytes::Bytes;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-13/output-empty",
    sentence: "the output URI gives an empty object",
    requirements: &["UIP-ASYNC-13", "UIP-ASYNC-15"],
    affects: &[(Operation::Output, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if exchange.refusal.is_none() {
            answer.body = Bytes::from_static(b"{}");
        }
    }
}
