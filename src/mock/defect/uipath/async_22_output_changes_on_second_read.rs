//! `UIP-ASYNC-22/output-changes-on-second-read`: the second read of the output gives something else.

use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-22/output-changes-on-second-read",
    sentence: "the second read of the output gives something else",
    requirements: &["UIP-ASYNC-22"],
    affects: &[(Operation::Output, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        if exchange.times(world) > 0 {
            answer.rewrite(|body| *body = json!({ "value": body }));
        }
    }
}
