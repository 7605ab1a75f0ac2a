//! `UIP-SYNC-01/job-lost`: the job that a call waits for is never started.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Patience, Provenance};
use crate::mock::engine::Order;
use crate::mock::fixture::Mode;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-01/job-lost",
    sentence: "the job that a call waits for is never started",
    requirements: &["UIP-SYNC-01", "UIP-SYNC-03"],
    affects: &[(Operation::Invoke, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn patience(&self, exchange: &Exchange<'_>, _: &World, patience: &mut Patience) {
        patience.notices &= !exchange.is_long_poll();
    }

    fn order(&self, exchange: &Exchange<'_>, _: &World, order: &mut Order) {
        order.script.held |= exchange.mode == Some(Mode::LongPolling);
    }
}
