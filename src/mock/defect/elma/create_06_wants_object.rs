//! `ELMA-CREATE-06/wants-object`: an input context that is a text is refused.

use serde_json::Value;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CREATE-06/wants-object",
    sentence: "an input context that is a text is refused",
    requirements: &["ELMA-CREATE-06"],
    affects: &[(Operation::Create, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn refuses(&self, exchange: &Exchange<'_>) -> Option<Refusal> {
        let ctx = exchange.sent_body().pointer("/task/ctx").cloned();
        ctx.filter(Value::is_string).map(|_| Refusal::Malformed("`task.ctx` is no object"))
    }
}
