//! `ELMA-CANCEL-03/refused-but-done`: another system's cancel is refused, and done all the same.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CANCEL-03/refused-but-done",
    sentence: "another system's cancel is refused, and done all the same",
    requirements: &["ELMA-CANCEL-03"],
    affects: &[(Operation::Cancel, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn act(&self, exchange: &Exchange<'_>, world: &mut World) {
        if let (Some(key), Some(Refusal::NotCreator)) = (exchange.job, exchange.refusal) {
            world.engine.cancel(key, exchange.now);
        }
    }
}
