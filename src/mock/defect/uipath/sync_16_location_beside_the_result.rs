//! `UIP-SYNC-16/location-beside-the-result`: the result that a call waited for says that it is elsewhere, too.

use hyper::header::LOCATION;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::uipath;
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-16/location-beside-the-result",
    sentence: "the result that a call waited for says that it is elsewhere, too",
    requirements: &["UIP-SYNC-16"],
    affects: &[(Operation::Wait, Aspect::Header)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        if let Some(job) = world.job(exchange.job).filter(|job| job.state.is_final()) {
            answer.set(LOCATION, &uipath::output_reference(exchange, job));
        }
    }
}
