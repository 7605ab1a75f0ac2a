//! `ELMA-STATUS-13/output-is-no-json`: the text of the output context is a list of assignments.

use serde_json::{Value, json};

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-13/output-is-no-json",
    sentence: "the text of the output context is a list of assignments",
    requirements: &["ELMA-STATUS-13"],
    affects: &[(Operation::Status, Aspect::Body), (Operation::Cancel, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, _: &Exchange<'_>, _: &World, answer: &mut Answer) {
        answer.rewrite_task(|task| {
            if let Some(text) = task.get("outputCtx").and_then(Value::as_str) {
                let lines = text.replace(['{', '}', '"'], "").replace(": ", "=");
                task.insert("outputCtx".to_owned(), json!(lines));
            }
        });
    }
}
