//! `UIP-ASYNC-18/output-open-once-read`: an output that was read is given to everybody.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-18/output-open-once-read",
    sentence: "an output that was read is given to everybody",
    requirements: &["UIP-ASYNC-18", "UIP-GEN-02"],
    affects: &[(Operation::Output, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn receive(&self, exchange: &mut Exchange<'_>, world: &World) {
        let past = world.past(exchange.called_job(world));
        if past.iter().any(|past| past.operation == Operation::Output && past.status.is_success()) {
            exchange.let_in();
        }
    }
}
