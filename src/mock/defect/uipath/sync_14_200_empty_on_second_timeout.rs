//! `UIP-SYNC-14/200-empty-on-second-timeout`: the second timeout of a wait is an empty success.

use hyper::StatusCode;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-14/200-empty-on-second-timeout",
    sentence: "the second timeout of a wait is an empty success",
    requirements: &["UIP-SYNC-14", "UIP-SYNC-17"],
    affects: &[(Operation::Wait, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, _: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if answer.status == StatusCode::SEE_OTHER {
            *answer = Answer::empty(StatusCode::OK);
        }
    }
}
