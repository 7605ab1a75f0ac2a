//! `ELMA-CREATE-12/no-id`: the answer to a creation has no id.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CREATE-12/no-id",
    sentence: "the answer to a creation has no id",
    requirements: &["ELMA-CREATE-12"],
    affects: &[(Operation::Create, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, _: &Exchange<'_>, _: &World, answer: &mut Answer) {
        answer.rewrite_task(|task| {
            task.shift_remove("id");
        });
    }
}
