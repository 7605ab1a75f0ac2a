//! `UIP-ASYNC-12/two-locations`: the redirect at the end leads to two places.

use hyper::StatusCode;
use hyper::header::{HeaderValue, LOCATION};

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-12/two-locations",
    sentence: "the redirect at the end leads to two places",
    requirements: &["UIP-ASYNC-12"],
    affects: &[(Operation::Poll, Aspect::Header)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, _: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if answer.status == StatusCode::SEE_OTHER {
            answer.headers.append(LOCATION, HeaderValue::from_static("/acme/prod/orchestrator_/odata/Jobs"));
        }
    }
}
