//! `ELMA-STATUS-20/times-of-no-standard`: the times of the run are written day first.

use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-20/times-of-no-standard",
    sentence: "the times of the run are written day first",
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
            for name in ["startTime", "endTime"] {
                if let Some(time) = body.pointer_mut(&format!("/task/metrics/{name}")) {
                    *time = json!("29.06.2020 14:08:29");
                }
            }
        });
    }
}
