//! `UIP-ASYNC-04/blocks-until-done`: the start of a polled job is answered at its end.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Patience, Provenance};
use crate::mock::fixture::Mode;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-04/blocks-until-done",
    sentence: "the start of a polled job is answered at its end",
    requirements: &["UIP-ASYNC-04"],
    affects: &[(Operation::Invoke, Aspect::Timing)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn patience(&self, exchange: &Exchange<'_>, _: &World, patience: &mut Patience) {
        if exchange.is(Operation::Invoke, Mode::AsyncRequestReply) {
            patience.until = None;
        }
    }
}
