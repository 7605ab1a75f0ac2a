//! `UIP-FNF-02/leaks-state`: the start of a job to be forgotten gives its state.

use hyper::StatusCode;
use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::fixture::Mode;
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-FNF-02/leaks-state",
    sentence: "the start of a job to be forgotten gives its state",
    requirements: &["UIP-FNF-02"],
    affects: &[(Operation::Invoke, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if exchange.is(Operation::Invoke, Mode::FireAndForget) {
            *answer = Answer::json(StatusCode::OK, &json!({ "state": "Pending" }));
        }
    }
}
