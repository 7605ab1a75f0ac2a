//! `UIP-SYNC-16/extra-output-hop`: a call that waited on is redirected to the output once the job has ended.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::{Refusal, uipath};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-16/extra-output-hop",
    sentence: "a call that waited on is redirected to the output once the job has ended",
    requirements: &["UIP-SYNC-16"],
    affects: &[(Operation::Wait, Aspect::Status), (Operation::Output, Aspect::Status)],
    provenance: Provenance::Doc("the status URIs of both modes have one name, and answer differently"),
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn waives(&self, _: &Exchange<'_>, refusal: &Refusal) -> bool {
        *refusal == Refusal::UnknownJob
    }

    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        let ended = world.job(exchange.job).filter(|job| job.state.is_final());
        if let (Some(job), Operation::Wait) = (ended, exchange.operation) {
            *answer = uipath::redirect(exchange, &uipath::output_reference(exchange, job));
        }
    }
}
