//! `ELMA-CANCEL-03/refused-but-priority-changed`: another system's cancel is refused, and the task has another priority from then on.

use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::{Job, State};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CANCEL-03/refused-but-priority-changed",
    sentence: "another system's cancel is refused, and the task has another priority from then on",
    requirements: &["ELMA-CANCEL-03"],
    affects: &[(Operation::Status, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        if !world.job(exchange.job).is_some_and(|job| refused_in_queue(exchange, world, job)) {
            return;
        }
        answer.rewrite_task(|task| {
            let other = if task["priority"] == "HIGH" { "LOW" } else { "HIGH" };
            task.insert("priority".to_owned(), json!(other));
        });
    }
}

/// A cancel met the task before its run and did not take it out of the queue: somebody else's.
fn refused_in_queue(exchange: &Exchange<'_>, world: &World, job: &Job) -> bool {
    let waited = |at| job.started.is_none_or(|started| at < started);
    let mut past = world.past(exchange.job).iter();
    job.state != State::Cancelled && past.any(|past| past.operation == Operation::Cancel && waited(past.at))
}
