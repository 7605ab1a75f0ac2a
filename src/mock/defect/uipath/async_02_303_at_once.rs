//! `UIP-ASYNC-02/303-at-once`: the start of a job redirects to its status URI.

use hyper::StatusCode;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-02/303-at-once",
    sentence: "the start of a job redirects to its status URI",
    requirements: &["UIP-ASYNC-02"],
    affects: &[(Operation::Invoke, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, _: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if answer.status == StatusCode::ACCEPTED {
            answer.status = StatusCode::SEE_OTHER;
        }
    }
}
