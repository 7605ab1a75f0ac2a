//! `ELMA-DL-06/partial-before-done`: a task that still runs gives what there is of its file.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-DL-06/partial-before-done",
    sentence: "a task that still runs gives what there is of its file",
    requirements: &["ELMA-DL-06"],
    affects: &[(Operation::Download, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn waives(&self, _: &Exchange<'_>, refusal: &Refusal) -> bool {
        *refusal == Refusal::NotDone
    }

    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        if exchange.refusal.is_none() && !exchange.job_has_ended(world) {
            answer.body.truncate(answer.body.len() / 2);
        }
    }
}
