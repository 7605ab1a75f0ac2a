//! `ELMA-CANCEL-10/running-is-corrupted`: cancelling a running task is refused, and leaves it stuck.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CANCEL-10/running-is-corrupted",
    sentence: "cancelling a running task is refused, and leaves it stuck",
    requirements: &["ELMA-CANCEL-10"],
    affects: &[(Operation::Cancel, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn act(&self, exchange: &Exchange<'_>, world: &mut World) {
        if let (Some(key), Some(Refusal::NotWaiting)) = (exchange.job, exchange.refusal) {
            world.engine.hold(key, exchange.now);
        }
    }
}
