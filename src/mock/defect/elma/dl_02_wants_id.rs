//! `ELMA-DL-02/wants-id`: a download takes the id only under the name that the other calls use.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-DL-02/wants-id",
    sentence: "a download takes the id only under the name that the other calls use",
    requirements: &["ELMA-DL-02"],
    affects: &[(Operation::Download, Aspect::Status)],
    provenance: Provenance::Doc("the id of a task has one name in a download and another in the other calls"),
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn refuses(&self, exchange: &Exchange<'_>) -> Option<Refusal> {
        exchange.sent_body().get("id").is_none().then_some(Refusal::Malformed("`id` is missing"))
    }
}
