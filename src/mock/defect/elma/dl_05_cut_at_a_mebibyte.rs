//! `ELMA-DL-05/cut-at-a-mebibyte`: a large file is cut.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-DL-05/cut-at-a-mebibyte",
    sentence: "a large file is cut",
    requirements: &["ELMA-DL-05"],
    affects: &[(Operation::Download, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, _: &Exchange<'_>, _: &World, answer: &mut Answer) {
        answer.body.truncate(1 << 20);
    }
}
