//! `UIP-FNF-01/202`: a job to be forgotten is started with 202.

use hyper::StatusCode;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::fixture::Mode;
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-FNF-01/202",
    sentence: "a job to be forgotten is started with 202",
    requirements: &["UIP-FNF-01"],
    affects: &[(Operation::Invoke, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if exchange.is(Operation::Invoke, Mode::FireAndForget) {
            answer.status = StatusCode::ACCEPTED;
        }
    }
}
