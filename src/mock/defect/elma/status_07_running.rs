//! `ELMA-STATUS-07/running`: a task that executes is in a state that does not exist.

use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-07/running",
    sentence: "a task that executes is in a state that does not exist",
    requirements: &["ELMA-STATUS-07"],
    affects: &[(Operation::Status, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, _: &Exchange<'_>, _: &World, answer: &mut Answer) {
        answer.rewrite_task(|task| {
            if task.get("status") == Some(&json!("EXECUTING")) {
                task.insert("status".to_owned(), json!("RUNNING"));
            }
        });
    }
}
