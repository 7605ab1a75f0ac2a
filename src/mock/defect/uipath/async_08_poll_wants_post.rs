//! `UIP-ASYNC-08/poll-wants-post`: the status URI is served with POST alone.

use hyper::Method;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-08/poll-wants-post",
    sentence: "the status URI is served with POST alone",
    requirements: &["UIP-ASYNC-08", "UIP-ASYNC-09"],
    affects: &[(Operation::Poll, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn refuses(&self, exchange: &Exchange<'_>) -> Option<Refusal> {
        (exchange.request.method == Method::GET).then_some(Refusal::WrongMethod("POST"))
    }
}
