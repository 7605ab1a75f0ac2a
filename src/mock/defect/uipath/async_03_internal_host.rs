//! `UIP-ASYNC-03/internal-host`: the status URI names a host that only the server knows.

use hyper::StatusCode;
use hyper::header::LOCATION;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-03/internal-host",
    sentence: "the status URI names a host that only the server knows",
    requirements: &["UIP-ASYNC-03"],
    affects: &[(Operation::Invoke, Aspect::Header)],
    provenance: Provenance::Observed,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, _: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if answer.status == StatusCode::ACCEPTED {
            answer.set(
                LOCATION,
                "http://orchestrator.internal.invalid/acme/prod/orchestrator_/t/jobs/1/status",
            );
        }
    }
}
