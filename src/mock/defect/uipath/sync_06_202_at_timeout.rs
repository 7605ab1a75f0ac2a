//! `UIP-SYNC-06/202-at-timeout`: a waiting call falls back to a status URI to poll.

use hyper::StatusCode;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-06/202-at-timeout",
    sentence: "a waiting call falls back to a status URI to poll",
    requirements: &["UIP-SYNC-06"],
    affects: &[(Operation::Invoke, Aspect::Status)],
    provenance: Provenance::Doc("the status URIs of both modes have one name, and answer differently"),
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if exchange.is_long_poll() && answer.status == StatusCode::SEE_OTHER {
            answer.status = StatusCode::ACCEPTED;
        }
    }
}
