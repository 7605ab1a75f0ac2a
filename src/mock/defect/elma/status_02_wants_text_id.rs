//! `ELMA-STATUS-02/wants-text-id`: a read takes the id only as a text.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-02/wants-text-id",
    sentence: "a read takes the id only as a text",
    requirements: &["ELMA-STATUS-02"],
    affects: &[(Operation::Status, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn refuses(&self, exchange: &Exchange<'_>) -> Option<Refusal> {
        exchange.sent_body()["id"].is_number().then_some(Refusal::Malformed("the id is no text"))
    }
}
