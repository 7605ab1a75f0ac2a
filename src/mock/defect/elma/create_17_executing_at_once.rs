//! `ELMA-CREATE-17/executing-at-once`: a new task says that it is executing while it waits.

use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CREATE-17/executing-at-once",
    sentence: "a new task says that it is executing while it waits",
    requirements: &["ELMA-CREATE-17"],
    affects: &[(Operation::Create, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, _: &Exchange<'_>, _: &World, answer: &mut Answer) {
        answer.rewrite_task(|task| {
            task.insert("status".to_owned(), json!("EXECUTING"));
        });
    }
}
