//! `ELMA-STATUS-20/start-before-creation`: the run begins long before the task was created.

use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-20/start-before-creation",
    sentence: "the run begins long before the task was created",
    requirements: &["ELMA-STATUS-20"],
    affects: &[(Operation::Status, Aspect::Body), (Operation::Cancel, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, _: &Exchange<'_>, _: &World, answer: &mut Answer) {
        answer.rewrite(|body| {
            if let Some(start) = body.pointer_mut("/task/metrics/startTime") {
                *start = json!("2001-01-01T00:00:00Z");
            }
        });
    }
}
