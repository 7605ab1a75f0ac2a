//! `UIP-ASYNC-03/two-locations`: the start of a job gives two status URIs.

use hyper::StatusCode;
use hyper::header::{HeaderValue, LOCATION};

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-03/two-locations",
    sentence: "the start of a job gives two status URIs",
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
            answer.headers.append(LOCATION, HeaderValue::from_static("/acme/prod/orchestrator_/odata/Jobs"));
        }
    }
}
