//! `ELMA-STATUS-01/empty-task`: a read gives a task without members.

use serde_json::Map;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-01/empty-task",
    sentence: "a read gives a task without members",
    requirements: &["ELMA-STATUS-01"],
    affects: &[(Operation::Status, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, _: &Exchange<'_>, _: &World, answer: &mut Answer) {
        answer.rewrite_task(Map::clear);
    }
}
