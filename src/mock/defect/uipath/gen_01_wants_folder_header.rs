//! `UIP-GEN-01/wants-folder-header`: a call is refused unless a header of the product names a folder.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-01/wants-folder-header",
    sentence: "a call is refused unless a header of the product names a folder",
    requirements: &["UIP-GEN-01"],
    affects: &[(Operation::Invoke, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn refuses(&self, exchange: &Exchange<'_>) -> Option<Refusal> {
        let named = exchange.request.headers.contains_key("x-uipath-organizationunitid");
        (!named).then_some(Refusal::Malformed("the folder is not named"))
    }
}
