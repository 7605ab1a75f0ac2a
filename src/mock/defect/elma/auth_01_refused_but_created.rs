//! `ELMA-AUTH-01/refused-but-created`: a creation without a token is refused, and done all the same.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance, stray};
use crate::mock::protocol::Refusal;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-AUTH-01/refused-but-created",
    sentence: "a creation without a token is refused, and done all the same",
    requirements: &["ELMA-AUTH-01"],
    affects: &[(Operation::Create, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn act(&self, exchange: &Exchange<'_>, world: &mut World) {
        if exchange.refusal == Some(Refusal::MissingCredential) {
            stray::of_refused_call(exchange, world);
        }
    }
}
