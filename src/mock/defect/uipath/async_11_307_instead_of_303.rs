//! `UIP-ASYNC-11/307-instead-of-303`: the status URI redirects with 307 once the job has ended.

use hyper::StatusCode;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-11/307-instead-of-303",
    sentence: "the status URI redirects with 307 once the job has ended",
    requirements: &["UIP-ASYNC-11"],
    affects: &[(Operation::Poll, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, _: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if answer.status == StatusCode::SEE_OTHER {
            answer.status = StatusCode::TEMPORARY_REDIRECT;
        }
    }
}
