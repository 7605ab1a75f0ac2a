//! `UIP-ASYNC-09/202-while-running`: a job that runs is polled with 202.

use hyper::StatusCode;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-09/202-while-running",
    sentence: "a job that runs is polled with 202",
    requirements: &["UIP-ASYNC-09"],
    affects: &[(Operation::Poll, Aspect::Status)],
    provenance: Provenance::Observed("https://github.com/MicrosoftDocs/architecture-center/issues/3396"),
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, _: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if answer.status == StatusCode::OK {
            answer.status = StatusCode::ACCEPTED;
        }
    }
}
