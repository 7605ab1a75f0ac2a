//! `UIP-ASYNC-13/null-members-left-out`: members of the output that are null are left out.

use serde_json::Value;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-13/null-members-left-out",
    sentence: "members of the output that are null are left out",
    requirements: &["UIP-ASYNC-13"],
    affects: &[(Operation::Output, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, _: &Exchange<'_>, _: &World, answer: &mut Answer) {
        answer.rewrite(|output| {
            if let Value::Object(members) = output {
                members.retain(|_, value| !value.is_null());
            }
        });
    }
}
