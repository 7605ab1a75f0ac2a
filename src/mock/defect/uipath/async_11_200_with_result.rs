//! `UIP-ASYNC-11/200-with-result`: the status URI gives the result itself once the job has ended.

use hyper::StatusCode;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-11/200-with-result",
    sentence: "the status URI gives the result itself once the job has ended",
    requirements: &["UIP-ASYNC-11"],
    affects: &[(Operation::Poll, Aspect::Status)],
    provenance: Provenance::Observed("https://github.com/MicrosoftDocs/architecture-center/issues/3396"),
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        if let (StatusCode::SEE_OTHER, Some(output)) = (answer.status, exchange.coming_output(world)) {
            *answer = Answer::json(StatusCode::OK, &output);
        }
    }
}
