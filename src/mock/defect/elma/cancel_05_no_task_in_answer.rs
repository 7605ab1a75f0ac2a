//! `ELMA-CANCEL-05/no-task-in-answer`: the answer to a cancel has an empty task.

use serde_json::Map;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CANCEL-05/no-task-in-answer",
    sentence: "the answer to a cancel has an empty task",
    requirements: &["ELMA-CANCEL-05"],
    affects: &[(Operation::Cancel, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, _: &Exchange<'_>, _: &World, answer: &mut Answer) {
        answer.rewrite_task(Map::clear);
    }
}
