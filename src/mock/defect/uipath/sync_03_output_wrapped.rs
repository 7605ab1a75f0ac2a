//! `UIP-SYNC-03/output-wrapped`: a call that waited gets the whole job, with the output as text inside.

use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-03/output-wrapped",
    sentence: "a call that waited gets the whole job, with the output as text inside",
    requirements: &["UIP-SYNC-03", "UIP-SYNC-16"],
    affects: &[(Operation::Invoke, Aspect::Body), (Operation::Wait, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        if exchange.is_long_poll() && exchange.job_has_ended(world) {
            let job =
                json!({ "State": "Successful", "OutputArguments": String::from_utf8_lossy(&answer.body) });
            answer.body = job.to_string().into();
        }
    }
}
