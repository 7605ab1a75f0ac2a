//! `UIP-ASYNC-09/poll-blocks`: polling a job that runs is answered at its end.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Patience, Provenance};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-09/poll-blocks",
    sentence: "polling a job that runs is answered at its end",
    requirements: &["UIP-ASYNC-09"],
    affects: &[(Operation::Poll, Aspect::Timing)],
    provenance: Provenance::Doc("the status URIs of both modes have one name, and answer differently"),
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn patience(&self, _: &Exchange<'_>, _: &World, patience: &mut Patience) {
        patience.until = None;
    }
}
