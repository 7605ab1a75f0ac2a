//! `ELMA-GEN-05/wants-system-header`: a call is refused unless a header names the system.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-GEN-05/wants-system-header",
    sentence: "a call is refused unless a header names the system",
    requirements: &["ELMA-GEN-05"],
    affects: &[
        (Operation::Create, Aspect::Status),
        (Operation::Status, Aspect::Status),
        (Operation::Cancel, Aspect::Status),
        (Operation::Download, Aspect::Status),
    ],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn refuses(&self, exchange: &Exchange<'_>) -> Option<Refusal> {
        (!exchange.request.headers.contains_key("x-system")).then_some(Refusal::MissingCredential)
    }
}
