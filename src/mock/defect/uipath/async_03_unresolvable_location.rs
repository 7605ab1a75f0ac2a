//! `UIP-ASYNC-03/unresolvable-location`: the status URI is no reference at all.

use hyper::StatusCode;
use hyper::header::LOCATION;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-03/unresolvable-location",
    sentence: "the status URI is no reference at all",
    requirements: &["UIP-ASYNC-03"],
    affects: &[(Operation::Invoke, Aspect::Header)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, _: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if answer.status == StatusCode::ACCEPTED {
            answer.set(LOCATION, "http://[orchestrator");
        }
    }
}
