//! `ELMA-STATUS-12/reserved-bot-shown`: a task that is kept back shows the bot that is reserved for it.

use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-12/reserved-bot-shown",
    sentence: "a task that is kept back shows the bot that is reserved for it",
    requirements: &["ELMA-STATUS-12"],
    affects: &[(Operation::Status, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        let is_kept_back = |job: &crate::mock::engine::Job| job.order.script.held && job.state.is_waiting();
        if world.job(exchange.job).is_some_and(is_kept_back) {
            answer.rewrite_task(|task| {
                task.insert("bot".to_owned(), json!("5e771afd-1261-4451-b0a4-1b1f2f2c1b7e"));
            });
        }
    }
}
