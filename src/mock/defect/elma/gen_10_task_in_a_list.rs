//! `ELMA-GEN-10/task-in-a-list`: the task stands in a list of one.

use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-GEN-10/task-in-a-list",
    sentence: "the task stands in a list of one",
    requirements: &["ELMA-GEN-10"],
    affects: &[
        (Operation::Create, Aspect::Body),
        (Operation::Status, Aspect::Body),
        (Operation::Cancel, Aspect::Body),
    ],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, _: &Exchange<'_>, _: &World, answer: &mut Answer) {
        answer.rewrite(|body| {
            if let Some(task) = body.get_mut("task") {
                *task = json!([task.clone()]);
            }
        });
    }
}
