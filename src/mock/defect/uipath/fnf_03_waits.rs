//! `UIP-FNF-03/waits`: the start of a job to be forgotten is answered at its end.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Patience, Provenance};
use crate::mock::fixture::Mode;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-FNF-03/waits",
    sentence: "the start of a job to be forgotten is answered at its end",
    requirements: &["UIP-FNF-03"],
    affects: &[(Operation::Invoke, Aspect::Timing)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn patience(&self, exchange: &Exchange<'_>, _: &World, patience: &mut Patience) {
        if exchange.is(Operation::Invoke, Mode::FireAndForget) {
            patience.until = None;
        }
    }
}
