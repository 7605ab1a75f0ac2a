//! `UIP-GEN-21/waited-job-starts-twice`: a call that waits for its job starts it twice.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance, stray};
use crate::mock::fixture::Mode;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-21/waited-job-starts-twice",
    sentence: "a call that waits for its job starts it twice",
    requirements: &["UIP-GEN-21"],
    affects: &[(Operation::Invoke, Aspect::State)],
    provenance: Provenance::Observed("https://github.com/Hydrospheredata/mist/issues/202"),
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn act(&self, exchange: &Exchange<'_>, world: &mut World) {
        if exchange.refusal.is_none() && exchange.is(Operation::Invoke, Mode::LongPolling) {
            stray::copy(exchange, world);
        }
    }
}
