//! `ELMA-CREATE-05/unknown-version-starts-a-task`: a version that does not exist is refused, and a task runs all the same.

use crate::mock::defect::stray;
use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CREATE-05/unknown-version-starts-a-task",
    sentence: "a version that does not exist is refused, and a task runs all the same",
    requirements: &["ELMA-CREATE-05"],
    affects: &[(Operation::Create, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn act(&self, exchange: &Exchange<'_>, world: &mut World) {
        if exchange.refusal == Some(Refusal::UnknownVersion) {
            stray::of_refused_call(exchange, world);
        }
    }
}
