//! `ELMA-AUTH-01/refused-but-cancelled`: a cancel without a token is refused, and done all the same.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-AUTH-01/refused-but-cancelled",
    sentence: "a cancel without a token is refused, and done all the same",
    requirements: &["ELMA-AUTH-01"],
    affects: &[(Operation::Cancel, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn act(&self, exchange: &Exchange<'_>, world: &mut World) {
        if exchange.refusal != Some(Refusal::MissingCredential) {
            return;
        }
        if let Some(key) = exchange.named_task(world) {
            world.engine.cancel(key, exchange.now);
        }
    }
}
