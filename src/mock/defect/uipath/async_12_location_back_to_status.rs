//! `UIP-ASYNC-12/location-back-to-status`: the redirect at the end leads back to the status URI.

use hyper::StatusCode;
use hyper::header::LOCATION;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::uipath;
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-12/location-back-to-status",
    sentence: "the redirect at the end leads back to the status URI",
    requirements: &["UIP-ASYNC-12"],
    affects: &[(Operation::Poll, Aspect::Header)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        if let (StatusCode::SEE_OTHER, Some(job)) = (answer.status, world.job(exchange.job)) {
            answer.set(LOCATION, &uipath::status_reference(exchange, job));
        }
    }
}
