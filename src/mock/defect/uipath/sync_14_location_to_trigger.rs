//! `UIP-SYNC-14/location-to-trigger`: the second timeout of a wait leads back to the trigger.

use hyper::StatusCode;
use hyper::header::LOCATION;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::uipath;
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-14/location-to-trigger",
    sentence: "the second timeout of a wait leads back to the trigger",
    requirements: &["UIP-SYNC-14"],
    affects: &[(Operation::Wait, Aspect::Header)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        if let (StatusCode::SEE_OTHER, Some(job)) = (answer.status, world.job(exchange.job)) {
            answer.set(LOCATION, &format!("{}{}", uipath::BASE, job.order.label));
        }
    }
}
