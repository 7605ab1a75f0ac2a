//! `ELMA-STATUS-17/log-as-list`: the log is a list of lines.

use serde_json::{Value, json};

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-17/log-as-list",
    sentence: "the log is a list of lines",
    requirements: &["ELMA-STATUS-17"],
    affects: &[(Operation::Status, Aspect::Body), (Operation::Cancel, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, _: &Exchange<'_>, _: &World, answer: &mut Answer) {
        answer.rewrite_task(|task| {
            if let Some(log) = task.get("log").and_then(Value::as_str) {
                let lines: Vec<_> = log.lines().collect();
                let lines = json!(lines);
                task.insert("log".to_owned(), lines);
            }
        });
    }
}
