//! `ELMA-DL-05/empty-file-not-found`: an empty file is not found.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::{self, Refusal};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-DL-05/empty-file-not-found",
    sentence: "an empty file is not found",
    requirements: &["ELMA-DL-05"],
    affects: &[(Operation::Download, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if exchange.refusal.is_none() && answer.body.is_empty() {
            *answer = protocol::refuse(exchange, Refusal::UnknownFile);
        }
    }
}
