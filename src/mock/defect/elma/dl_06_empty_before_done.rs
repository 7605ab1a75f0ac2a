//! `ELMA-DL-06/empty-before-done`: a task that still runs and has no file yet gives an empty one.

use hyper::StatusCode;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::{Refusal, elma};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-DL-06/empty-before-done",
    sentence: "a task that still runs and has no file yet gives an empty one",
    requirements: &["ELMA-DL-06"],
    affects: &[(Operation::Download, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        let process = world.job(exchange.job).and_then(|job| elma::process(exchange, job));
        let has_none = process.is_some_and(|process| process.files.is_empty());
        if has_none && exchange.refusal == Some(Refusal::NotDone) {
            *answer = Answer::text(StatusCode::OK, "application/octet-stream", "");
        }
    }
}
