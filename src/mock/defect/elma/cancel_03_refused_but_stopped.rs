//! `ELMA-CANCEL-03/refused-but-stopped`: another system's cancel of a task that runs is refused, and ends the run.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CANCEL-03/refused-but-stopped",
    sentence: "another system's cancel of a task that runs is refused, and ends the run",
    requirements: &["ELMA-CANCEL-03"],
    affects: &[(Operation::Cancel, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn act(&self, exchange: &Exchange<'_>, world: &mut World) {
        exchange.stop_if_refused(&Refusal::NotCreator, world);
    }
}
