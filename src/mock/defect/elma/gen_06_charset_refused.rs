//! `ELMA-GEN-06/charset-refused`: a media type with a charset is refused.

use hyper::header::CONTENT_TYPE;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-GEN-06/charset-refused",
    sentence: "a media type with a charset is refused",
    requirements: &["ELMA-GEN-06"],
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
        let with_charset =
            exchange.request.header(&CONTENT_TYPE).is_some_and(|value| value.contains("charset"));
        with_charset.then_some(Refusal::Malformed("the media type is not application/json"))
    }
}
