//! `ELMA-GEN-13/text-plain`: answers are JSON, but say that they are plain text.

use hyper::header::CONTENT_TYPE;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-GEN-13/text-plain",
    sentence: "answers are JSON, but say that they are plain text",
    requirements: &["ELMA-GEN-13"],
    affects: &[
        (Operation::Create, Aspect::Header),
        (Operation::Status, Aspect::Header),
        (Operation::Cancel, Aspect::Header),
    ],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, _: &Exchange<'_>, _: &World, answer: &mut Answer) {
        answer.set(CONTENT_TYPE, "text/plain");
    }
}
