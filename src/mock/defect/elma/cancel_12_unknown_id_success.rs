//! `ELMA-CANCEL-12/unknown-id-success`: cancelling a task that never was is confirmed.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance, evidence};
use crate::mock::protocol::Refusal;
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CANCEL-12/unknown-id-success",
    sentence: "cancelling a task that never was is confirmed",
    requirements: &["ELMA-CANCEL-12"],
    affects: &[(Operation::Cancel, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if let (Some(Refusal::UnknownJob), Some(id)) = (exchange.refusal, exchange.sent_body()["id"].as_u64())
        {
            *answer = evidence::made_up_task(id);
        }
    }
}
