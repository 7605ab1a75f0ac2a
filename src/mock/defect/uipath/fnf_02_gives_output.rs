//! `UIP-FNF-02/gives-output`: the start of a job to be forgotten gives its output.

use hyper::StatusCode;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::fixture::Mode;
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-FNF-02/gives-output",
    sentence: "the start of a job to be forgotten gives its output",
    requirements: &["UIP-FNF-02"],
    affects: &[(Operation::Invoke, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        let output = exchange.coming_output(world);
        if let (true, Some(output)) = (exchange.is(Operation::Invoke, Mode::FireAndForget), output) {
            *answer = Answer::json(StatusCode::OK, &output);
        }
    }
}
