//! `ELMA-DL-01/empty-answer`: a download succeeds without a file.

use hyper::StatusCode;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-DL-01/empty-answer",
    sentence: "a download succeeds without a file",
    requirements: &["ELMA-DL-01", "ELMA-DL-04"],
    affects: &[(Operation::Download, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if exchange.refusal.is_none() {
            *answer = Answer::empty(StatusCode::NO_CONTENT);
        }
    }
}
