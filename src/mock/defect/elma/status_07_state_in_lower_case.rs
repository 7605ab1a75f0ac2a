//! `ELMA-STATUS-07/state-in-lower-case`: states are written in lower case.

use serde_json::{Value, json};

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-07/state-in-lower-case",
    sentence: "states are written in lower case",
    requirements: &["ELMA-STATUS-07"],
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
            let state = task.get("status").and_then(Value::as_str).map(str::to_lowercase);
            task.insert("status".to_owned(), json!(state));
        });
    }
}
