//! `UIP-GEN-02/redirects-to-login`: a call without a bearer is redirected to a login page.

use hyper::StatusCode;
use hyper::header::LOCATION;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-02/redirects-to-login",
    sentence: "a call without a bearer is redirected to a login page",
    requirements: &["UIP-GEN-02"],
    affects: &[
        (Operation::Invoke, Aspect::Status),
        (Operation::Poll, Aspect::Status),
        (Operation::Wait, Aspect::Status),
        (Operation::Output, Aspect::Status),
    ],
    provenance: Provenance::Observed("https://github.com/murtaza-nasir/speakr/issues/333"),
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if matches!(exchange.refusal, Some(Refusal::MissingCredential | Refusal::UnknownCredential)) {
            *answer = Answer::empty(StatusCode::FOUND).with(LOCATION, "/login");
        }
    }
}
