//! `UIP-SYNC-06/no-location`: a waiting call is redirected to nowhere.

use hyper::header::LOCATION;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-06/no-location",
    sentence: "a waiting call is redirected to nowhere",
    requirements: &["UIP-SYNC-06", "UIP-SYNC-14"],
    affects: &[(Operation::Invoke, Aspect::Header), (Operation::Wait, Aspect::Header)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if exchange.is_long_poll() {
            answer.headers.remove(LOCATION);
        }
    }
}
