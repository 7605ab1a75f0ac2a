//! `ELMA-CREATE-23/other-names-in-create`: the answer to a creation uses other names than the answer to a read.

use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CREATE-23/other-names-in-create",
    sentence: "the answer to a creation uses other names than the answer to a read",
    requirements: &["ELMA-CREATE-23"],
    affects: &[(Operation::Create, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, _: &Exchange<'_>, _: &World, answer: &mut Answer) {
        answer.rewrite_task(|task| {
            let state = task.shift_remove("status");
            task.insert("state".to_owned(), json!(state));
        });
    }
}
