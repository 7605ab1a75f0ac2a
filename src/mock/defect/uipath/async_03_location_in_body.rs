//! `UIP-ASYNC-03/location-in-body`: the status URI stands in the body alone.

use hyper::StatusCode;
use hyper::header::LOCATION;
use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-03/location-in-body",
    sentence: "the status URI stands in the body alone",
    requirements: &["UIP-ASYNC-03"],
    affects: &[(Operation::Invoke, Aspect::Header)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, _: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if let (StatusCode::ACCEPTED, Some(location)) = (answer.status, answer.header(&LOCATION)) {
            *answer = Answer::json(StatusCode::ACCEPTED, &json!({ "statusQueryGetUri": location }));
        }
    }
}
