//! `UIP-ASYNC-03/no-location`: the start of a job gives no status URI.

use hyper::StatusCode;
use hyper::header::LOCATION;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-03/no-location",
    sentence: "the start of a job gives no status URI",
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
            answer.headers.remove(LOCATION);
        }
    }
}
