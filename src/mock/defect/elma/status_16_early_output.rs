//! `ELMA-STATUS-16/early-output`: a task that executes shows its output already.

use serde_json::{Value, json};

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-16/early-output",
    sentence: "a task that executes shows its output already",
    requirements: &["ELMA-STATUS-16"],
    affects: &[(Operation::Status, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        let output = exchange.coming_output(world);
        answer.rewrite_task(|task| {
            if let (Some("EXECUTING"), Some(output)) = (task.get("status").and_then(Value::as_str), output) {
                task.insert("outputCtx".to_owned(), json!(output.to_string()));
            }
        });
    }
}
