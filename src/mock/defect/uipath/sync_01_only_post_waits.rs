//! `UIP-SYNC-01/only-post-waits`: a call that wants to wait is refused unless it is a POST.

use hyper::Method;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::fixture::Mode;
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-01/only-post-waits",
    sentence: "a call that wants to wait is refused unless it is a POST",
    requirements: &["UIP-SYNC-01", "UIP-GEN-06"],
    affects: &[(Operation::Invoke, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn refuses(&self, exchange: &Exchange<'_>) -> Option<Refusal> {
        let waits = exchange.asked_mode() == Some(Mode::LongPolling);
        (waits && exchange.request.method != Method::POST).then_some(Refusal::UnknownMode)
    }
}
