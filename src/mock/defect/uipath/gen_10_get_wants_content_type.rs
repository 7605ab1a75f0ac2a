//! `UIP-GEN-10/get-wants-content-type`: a GET without a media type is refused.

use hyper::Method;
use hyper::header::CONTENT_TYPE;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-10/get-wants-content-type",
    sentence: "a GET without a media type is refused",
    requirements: &["UIP-GEN-10"],
    affects: &[(Operation::Invoke, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn refuses(&self, exchange: &Exchange<'_>) -> Option<Refusal> {
        let bare = exchange.request.method == Method::GET && exchange.request.header(&CONTENT_TYPE).is_none();
        bare.then_some(Refusal::Malformed("the media type is missing"))
    }
}
