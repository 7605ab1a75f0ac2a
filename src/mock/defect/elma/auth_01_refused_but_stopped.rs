//! `ELMA-AUTH-01/refused-but-stopped`: a cancel without a token of a task that runs is refused, and ends the run.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-AUTH-01/refused-but-stopped",
    sentence: "a cancel without a token of a task that runs is refused, and ends the run",
    requirements: &["ELMA-AUTH-01"],
    affects: &[(Operation::Cancel, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn act(&self, exchange: &Exchange<'_>, world: &mut World) {
        exchange.stop_if_refused(&Refusal::MissingCredential, world);
    }
}
