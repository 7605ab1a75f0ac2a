//! `ELMA-STATUS-25/groups-as-text`: the groups are one text.

use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-25/groups-as-text",
    sentence: "the groups are one text",
    requirements: &["ELMA-STATUS-25"],
    affects: &[(Operation::Status, Aspect::Body), (Operation::Cancel, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, _: &Exchange<'_>, _: &World, answer: &mut Answer) {
        answer.rewrite_task(|task| {
            if task.contains_key("groups") {
                task.insert("groups".to_owned(), json!("8f6895c5-70a5-498f-b813-ab72e2b6e5f0"));
            }
        });
    }
}
