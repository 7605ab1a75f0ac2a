//! `ELMA-CANCEL-03/refused-but-kept-back`: another system's cancel is refused, and keeps the task in the queue until somebody lets it go.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CANCEL-03/refused-but-kept-back",
    sentence: "another system's cancel is refused, and keeps the task in the queue until somebody lets it go",
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
            world.engine.hold(key, exchange.now);
        }
    }
}
