//! `ELMA-CREATE-12/id-of-the-request`: the answer to a creation has an id that no later call takes.

use serde_json::{Value, json};

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CREATE-12/id-of-the-request",
    sentence: "the answer to a creation has an id that no later call takes",
    requirements: &["ELMA-CREATE-12"],
    affects: &[(Operation::Create, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, _: &Exchange<'_>, _: &World, answer: &mut Answer) {
        answer.rewrite_task(|task| {
            if let Some(id) = task.get("id").and_then(Value::as_u64) {
                task.insert("id".to_owned(), json!(id + 1_000_000));
            }
        });
    }
}
