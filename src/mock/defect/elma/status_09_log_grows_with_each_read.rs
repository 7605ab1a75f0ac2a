//! `ELMA-STATUS-09/log-grows-with-each-read`: every read of a task that has ended leaves a line in its log.

use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-09/log-grows-with-each-read",
    sentence: "every read of a task that has ended leaves a line in its log",
    requirements: &["ELMA-STATUS-09"],
    affects: &[(Operation::Status, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        let reads = exchange.times(world);
        answer.rewrite_task(|task| {
            let log = task.get("log").and_then(|log| log.as_str()).filter(|log| !log.is_empty());
            if let Some(log) = log {
                let grown = format!(
                    "{log}{}",
                    "[INF] 2021/01/01 00:00:00 | [Mock.Orchestrator] | Read.\n".repeat(reads)
                );
                task.insert("log".to_owned(), json!(grown));
            }
        });
    }
}
