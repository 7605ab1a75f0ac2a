//! `UIP-SYNC-04/release-by-hand-unnoticed`: the initial call does not notice that its job was let go by hand, and sleeps until its timeout.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Patience, Provenance};
use crate::mock::fixture::Mode;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-04/release-by-hand-unnoticed",
    sentence: "the initial call does not notice that its job was let go by hand, and sleeps until its timeout",
    requirements: &["UIP-SYNC-04"],
    affects: &[(Operation::Invoke, Aspect::Timing)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn patience(&self, exchange: &Exchange<'_>, world: &World, patience: &mut Patience) {
        let is_kept_back = world.job(exchange.job).is_some_and(|job| job.order.script.held);
        patience.notices &= !(is_kept_back && exchange.is(Operation::Invoke, Mode::LongPolling));
    }
}
