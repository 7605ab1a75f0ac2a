//! `ELMA-CREATE-25/extra-members-refused`: a task with members beyond the documented ones is refused.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CREATE-25/extra-members-refused",
    sentence: "a task with members beyond the documented ones is refused",
    requirements: &["ELMA-CREATE-25"],
    affects: &[(Operation::Create, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn refuses(&self, exchange: &Exchange<'_>) -> Option<Refusal> {
        let body = exchange.sent_body();
        let mut names = body.get("task")?.as_object()?.keys();
        let extra = names.any(|name| !["process", "version", "ctx"].contains(&name.as_str()));
        extra.then_some(Refusal::Malformed("`task` has unknown members"))
    }
}
