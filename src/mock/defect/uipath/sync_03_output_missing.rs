//! `UIP-SYNC-03/output-missing`: a call that waited gets no output.

use bytes::Bytes;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-03/output-missing",
    sentence: "a call that waited gets no output",
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
            answer.body = Bytes::new();
        }
    }
}
