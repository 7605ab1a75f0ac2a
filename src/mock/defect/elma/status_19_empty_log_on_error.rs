//! `ELMA-STATUS-19/empty-log-on-error`: a failed task says nothing about its error.

use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-19/empty-log-on-error",
    sentence: "a failed task says nothing about its error",
    requirements: &["ELMA-STATUS-19"],
    affects: &[(Operation::Status, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, _: &Exchange<'_>, _: &World, answer: &mut Answer) {
        answer.rewrite_task(|task| {
            if task.get("status") == Some(&json!("ERROR")) {
                task.insert("log".to_owned(), json!(""));
            }
        });
    }
}
