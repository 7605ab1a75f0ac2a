//! `ELMA-CREATE-04/zero-refused`: version 0 is refused as a version that does not exist.

use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CREATE-04/zero-refused",
    sentence: "version 0 is refused as a version that does not exist",
    requirements: &["ELMA-CREATE-04"],
    affects: &[(Operation::Create, Aspect::Status)],
    provenance: Provenance::Doc("the sentence on version 0 is garbled in the English edition"),
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn refuses(&self, exchange: &Exchange<'_>) -> Option<Refusal> {
        (exchange.sent_body().pointer("/task/version") == Some(&json!(0))).then_some(Refusal::UnknownVersion)
    }
}
