//! `UIP-ASYNC-21/target-changes`: every redirect at the end leads to another output URI.

use hyper::StatusCode;
use hyper::header::LOCATION;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-21/target-changes",
    sentence: "every redirect at the end leads to another output URI",
    requirements: &["UIP-ASYNC-21"],
    affects: &[(Operation::Poll, Aspect::Header)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        if let (StatusCode::SEE_OTHER, Some(location)) = (answer.status, answer.header(&LOCATION)) {
            let (place, fragment) = location.split_once('#').unwrap_or((location, ""));
            let sign = if place.contains('?') { '&' } else { '?' };
            let location = format!("{place}{sign}sig={}#{fragment}", exchange.times(world));
            answer.set(LOCATION, location.trim_end_matches('#'));
        }
    }
}
