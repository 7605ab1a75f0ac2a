//! `ELMA-CREATE-15/system-of-orchestrator`: a task shows the Orchestrator as the system that set it.

use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CREATE-15/system-of-orchestrator",
    sentence: "a task shows the Orchestrator as the system that set it",
    requirements: &["ELMA-CREATE-15"],
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
        answer.rewrite_task(|task| {
            task.insert("system".to_owned(), json!("00000000-0000-0000-0000-000000000000"));
        });
    }
}
