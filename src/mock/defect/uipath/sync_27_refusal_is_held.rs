//! `UIP-SYNC-27/refusal-is-held`: a call that wants to wait is refused only at its timeout.

use std::time::Duration;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::fixture::Mode;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-27/refusal-is-held",
    sentence: "a call that wants to wait is refused only at its timeout",
    requirements: &["UIP-SYNC-27"],
    affects: &[(Operation::Invoke, Aspect::Timing)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn delay(&self, exchange: &Exchange<'_>) -> Duration {
        let held = exchange.refusal.is_some() && exchange.asked_mode() == Some(Mode::LongPolling);
        if held { exchange.configuration.hold } else { Duration::ZERO }
    }
}
