//! `ELMA-DL-05/newline-translation`: line ends of a file are translated.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-DL-05/newline-translation",
    sentence: "line ends of a file are translated",
    requirements: &["ELMA-DL-05", "ELMA-DL-04"],
    affects: &[(Operation::Download, Aspect::Body)],
    provenance: Provenance::Observed("https://github.com/scm-manager/scm-manager/issues/284"),
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if exchange.refusal.is_none() {
            let mut bytes = answer.body.to_vec();
            bytes.retain(|byte| *byte != b'\r');
            answer.body = bytes.into();
        }
    }
}
