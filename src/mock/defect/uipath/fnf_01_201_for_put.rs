//! `UIP-FNF-01/201-for-put`: a job to be forgotten is said to be created when it is started with PUT.

use hyper::{Method, StatusCode};

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::fixture::Mode;
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-FNF-01/201-for-put",
    sentence: "a job to be forgotten is said to be created when it is started with PUT",
    requirements: &["UIP-FNF-01"],
    affects: &[(Operation::Invoke, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        let is_put = exchange.request.method == Method::PUT && exchange.refusal.is_none();
        if is_put && exchange.is(Operation::Invoke, Mode::FireAndForget) {
            answer.status = StatusCode::CREATED;
        }
    }
}
