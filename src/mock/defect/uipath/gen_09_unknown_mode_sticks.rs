//! `UIP-GEN-09/unknown-mode-sticks`: after a call with a mode that does not exist, calls that name none are refused.

use hyper::StatusCode;
use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-09/unknown-mode-sticks",
    sentence: "after a call with a mode that does not exist, calls that name none are refused",
    requirements: &["UIP-GEN-09"],
    affects: &[(Operation::Invoke, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        let names_none = !exchange.sent_arguments().contains_key("$callMode");
        if exchange.refusal.is_none() && names_none && world.counted(REMEMBERED) > 0 {
            *answer =
                Answer::json(StatusCode::BAD_REQUEST, &json!({ "message": "there is no such call mode" }));
        }
    }

    fn act(&self, exchange: &Exchange<'_>, world: &mut World) {
        if exchange.refusal == Some(Refusal::UnknownMode) {
            world.count_exchange(REMEMBERED);
        }
    }
}

/// What is kept in mind between calls.
const REMEMBERED: &str = "a mode that does not exist";
