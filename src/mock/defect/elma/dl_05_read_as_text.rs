//! `ELMA-DL-05/read-as-text`: bytes of a file that are no text are replaced.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-DL-05/read-as-text",
    sentence: "bytes of a file that are no text are replaced",
    requirements: &["ELMA-DL-05"],
    affects: &[(Operation::Download, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if exchange.refusal.is_none() {
            answer.body = String::from_utf8_lossy(&answer.body).into_owned().into();
        }
    }
}
