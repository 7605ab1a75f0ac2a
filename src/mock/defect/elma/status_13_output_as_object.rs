//! `ELMA-STATUS-13/output-as-object`: the output context is an object, not a text.

use serde_json::Value;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-13/output-as-object",
    sentence: "the output context is an object, not a text",
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
            let text = task.get("outputCtx").and_then(Value::as_str);
            if let Some(output) = text.and_then(|text| serde_json::from_str(text).ok()) {
                task.insert("outputCtx".to_owned(), output);
            }
        });
    }
}
