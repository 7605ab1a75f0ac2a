//! `UIP-FNF-02/leaks-job-id`: the start of a job to be forgotten gives its id.

use hyper::StatusCode;
use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::fixture::Mode;
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-FNF-02/leaks-job-id",
    sentence: "the start of a job to be forgotten gives its id",
    requirements: &["UIP-FNF-02"],
    affects: &[(Operation::Invoke, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        if exchange.is(Operation::Invoke, Mode::FireAndForget) {
            let id = world.job(exchange.job).map(|job| job.order.number);
            *answer = Answer::json(StatusCode::OK, &json!({ "jobId": id }));
        }
    }
}
