//! `UIP-GEN-19/unclaimed-job-blocks-the-trigger`: as long as nobody has asked for a job, its trigger refuses further calls.

use hyper::StatusCode;
use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::Job;
use crate::mock::fixture::Mode;
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-19/unclaimed-job-blocks-the-trigger",
    sentence: "as long as nobody has asked for a job, its trigger refuses further calls",
    requirements: &["UIP-GEN-19"],
    affects: &[(Operation::Invoke, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        let Some(own) = world.job(exchange.job) else { return };
        let is_unclaimed = |(key, job): (_, &Job)| {
            Some(key) != exchange.job && job.order.label == own.order.label && world.past(Some(key)).len() < 2
        };
        if exchange.is(Operation::Invoke, Mode::AsyncRequestReply) && world.engine.jobs().any(is_unclaimed) {
            *answer = Answer::json(StatusCode::CONFLICT, &json!({ "message": "a job is pending" }));
        }
    }
}
