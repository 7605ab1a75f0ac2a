//! `UIP-ASYNC-12/no-location`: the redirect at the end leads nowhere.

use hyper::header::LOCATION;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-12/no-location",
    sentence: "the redirect at the end leads nowhere",
    requirements: &["UIP-ASYNC-12"],
    affects: &[(Operation::Poll, Aspect::Header)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, _: &Exchange<'_>, _: &World, answer: &mut Answer) {
        answer.headers.remove(LOCATION);
    }
}
