//! `ELMA-GEN-10/code-as-text`: the code of the envelope is a text.

use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-GEN-10/code-as-text",
    sentence: "the code of the envelope is a text",
    requirements: &["ELMA-GEN-10", "ELMA-GEN-11"],
    affects: &[
        (Operation::Create, Aspect::Body),
        (Operation::Status, Aspect::Body),
        (Operation::Cancel, Aspect::Body),
        (Operation::Download, Aspect::Body),
    ],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, _: &Exchange<'_>, _: &World, answer: &mut Answer) {
        answer.rewrite(|body| {
            if let Some(code) = body.get_mut("status") {
                *code = json!(code.to_string());
            }
        });
    }
}
