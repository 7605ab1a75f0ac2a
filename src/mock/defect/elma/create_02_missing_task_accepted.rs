//! `ELMA-CREATE-02/missing-task-accepted`: a call that orders nothing is answered as if a task were created.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance, evidence};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CREATE-02/missing-task-accepted",
    sentence: "a call that orders nothing is answered as if a task were created",
    requirements: &["ELMA-CREATE-02"],
    affects: &[(Operation::Create, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        if exchange.sent_body().get("task").is_none() {
            *answer = evidence::made_up_task(world.engine.next_number());
        }
    }
}
