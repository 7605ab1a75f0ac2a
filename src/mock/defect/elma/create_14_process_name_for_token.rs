//! `ELMA-CREATE-14/process-name-for-token`: the answer names the process instead of giving its token.

use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CREATE-14/process-name-for-token",
    sentence: "the answer names the process instead of giving its token",
    requirements: &["ELMA-CREATE-14", "ELMA-STATUS-05"],
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
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        let label = world.job(exchange.job).map(|job| job.order.label.to_string());
        answer.rewrite_task(|task| {
            task.insert("process".to_owned(), json!(label));
        });
    }
}
