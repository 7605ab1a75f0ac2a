//! `UIP-ASYNC-18/status-open-once-polled`: a status URI that was often polled needs no bearer any more.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-18/status-open-once-polled",
    sentence: "a status URI that was often polled needs no bearer any more",
    requirements: &["UIP-ASYNC-18", "UIP-GEN-02"],
    affects: &[(Operation::Poll, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn receive(&self, exchange: &mut Exchange<'_>, world: &World) {
        const OFTEN: usize = 4;
        let past = world.past(exchange.called_job(world)).iter();
        if past.filter(|past| past.operation == Operation::Poll && !past.status.is_client_error()).count() >= OFTEN {
            exchange.let_in();
        }
    }
}
