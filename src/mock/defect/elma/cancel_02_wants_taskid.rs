//! `ELMA-CANCEL-02/wants-taskid`: a cancel takes the id only under the name that a download uses.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CANCEL-02/wants-taskid",
    sentence: "a cancel takes the id only under the name that a download uses",
    requirements: &["ELMA-CANCEL-02", "ELMA-CANCEL-04"],
    affects: &[(Operation::Cancel, Aspect::Status)],
    provenance: Provenance::Doc("the id of a task has one name in a download and another in the other calls"),
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn refuses(&self, exchange: &Exchange<'_>) -> Option<Refusal> {
        exchange.sent_body().get("taskid").is_none().then_some(Refusal::Malformed("`taskid` is missing"))
    }
}
