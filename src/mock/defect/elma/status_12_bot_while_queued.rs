//! `ELMA-STATUS-12/bot-while-queued`: a task that waits has a bot already.

use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-12/bot-while-queued",
    sentence: "a task that waits has a bot already",
    requirements: &["ELMA-STATUS-12", "ELMA-CREATE-22"],
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
            task.insert("bot".to_owned(), json!("5e771afd-1261-4451-b059-4543d41a5814"));
        });
    }
}
