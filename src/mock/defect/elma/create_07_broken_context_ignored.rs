//! `ELMA-CREATE-07/broken-context-ignored`: an input context that is no JSON counts as an empty one.

use serde_json::{Value, json};

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CREATE-07/broken-context-ignored",
    sentence: "an input context that is no JSON counts as an empty one",
    requirements: &["ELMA-CREATE-07"],
    affects: &[(Operation::Create, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn receive(&self, exchange: &mut Exchange<'_>, _: &World) {
        let mut body = exchange.sent_body();
        let Some(context) = body.pointer_mut("/task/ctx") else { return };
        let is_broken = |text: &str| serde_json::from_str::<Value>(text).is_err();
        if context.as_str().is_some_and(is_broken) {
            *context = json!("");
            exchange.request.body = body.to_string().into();
        }
    }
}
