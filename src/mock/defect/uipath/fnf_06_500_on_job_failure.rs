//! `UIP-FNF-06/500-on-job-failure`: the start of a job to be forgotten is a fault if the job will fail.

use hyper::StatusCode;
use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::Ending;
use crate::mock::fixture::Mode;
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-FNF-06/500-on-job-failure",
    sentence: "the start of a job to be forgotten is a fault if the job will fail",
    requirements: &["UIP-FNF-06"],
    affects: &[(Operation::Invoke, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        let will_fail =
            world.job(exchange.job).is_some_and(|job| matches!(job.order.ending, Ending::Fault(_)));
        if will_fail && exchange.is(Operation::Invoke, Mode::FireAndForget) {
            *answer = Answer::json(StatusCode::INTERNAL_SERVER_ERROR, &json!({ "message": "boom" }));
        }
    }
}
