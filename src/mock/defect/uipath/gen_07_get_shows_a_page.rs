//! `UIP-GEN-07/get-shows-a-page`: a GET on a trigger with another verb gives a page about it.

use hyper::{Method, StatusCode};

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-07/get-shows-a-page",
    sentence: "a GET on a trigger with another verb gives a page about it",
    requirements: &["UIP-GEN-07"],
    affects: &[(Operation::Invoke, Aspect::Status), (Operation::Invoke, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if matches!(exchange.refusal, Some(Refusal::WrongMethod(_))) && exchange.request.method == Method::GET {
            *answer = Answer::text(StatusCode::OK, "text/html", "<h1>API trigger</h1>".to_owned());
        }
    }
}
