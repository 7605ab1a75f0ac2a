//! `UIP-SYNC-09/open-once-redirected`: the wait needs no bearer any more once its caller was redirected there again.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-09/open-once-redirected",
    sentence: "the wait needs no bearer any more once its caller was redirected there again",
    requirements: &["UIP-SYNC-09", "UIP-GEN-02"],
    affects: &[(Operation::Wait, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn receive(&self, exchange: &mut Exchange<'_>, world: &World) {
        let past = world.past(exchange.called_job(world));
        let ended = world.job(exchange.called_job(world)).is_some_and(|job| job.state.is_final());
        if !ended && past.iter().any(|past| past.operation == Operation::Wait && past.status.is_redirection()) {
            exchange.let_in();
        }
    }
}
