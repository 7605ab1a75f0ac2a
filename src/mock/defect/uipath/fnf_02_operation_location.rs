//! `UIP-FNF-02/operation-location`: the start of a job to be forgotten names its status URI in Operation-Location.

use hyper::header::{HeaderName, LOCATION};

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance, evidence};
use crate::mock::fixture::Mode;
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-FNF-02/operation-location",
    sentence: "the start of a job to be forgotten names its status URI in Operation-Location",
    requirements: &["UIP-FNF-02"],
    affects: &[(Operation::Invoke, Aspect::Header)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        let accepted = evidence::accepted_for_nothing(exchange);
        if let (true, Some(address)) =
            (exchange.is(Operation::Invoke, Mode::FireAndForget), accepted.headers.get(LOCATION))
        {
            answer.headers.insert(HeaderName::from_static("operation-location"), address.clone());
        }
    }
}
