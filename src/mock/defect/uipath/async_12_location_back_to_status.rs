//! `UIP-ASYNC-12/location-back-to-status`: the redirect at the end leads back to the status URI.

use hyper::StatusCode;
use hyper::header::LOCATION;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-12/location-back-to-status",
    sentence: "the redirect at the end leads back to the status URI",
    requirements: &["UIP-ASYNC-12"],
    affects: &[(Operation::Poll, Aspect::Header)],
    provenance: Provenance::Observed,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if answer.status == StatusCode::SEE_OTHER {
            answer.set(LOCATION, &exchange.request.path);
        }
    }
}
