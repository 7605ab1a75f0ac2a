//! `ELMA-GEN-11/status-types-swapped`: the envelope names the state and the task has the code.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-GEN-11/status-types-swapped",
    sentence: "the envelope names the state and the task has the code",
    requirements: &["ELMA-GEN-11", "ELMA-GEN-10"],
    affects: &[
        (Operation::Create, Aspect::Body),
        (Operation::Status, Aspect::Body),
        (Operation::Cancel, Aspect::Body),
    ],
    provenance: Provenance::Doc("the envelope and the task each have a member called status"),
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, _: &Exchange<'_>, _: &World, answer: &mut Answer) {
        answer.rewrite(|body| {
            let Some(state) = body.pointer("/task/status").cloned() else { return };
            let code = std::mem::replace(&mut body["status"], state);
            body["task"]["status"] = code;
        });
    }
}
