//! `ELMA-GEN-01/status-wants-get`: reading a task is refused unless it is a GET.

use hyper::Method;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-GEN-01/status-wants-get",
    sentence: "reading a task is refused unless it is a GET",
    requirements: &["ELMA-GEN-01", "ELMA-STATUS-01"],
    affects: &[(Operation::Status, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn refuses(&self, exchange: &Exchange<'_>) -> Option<Refusal> {
        (exchange.request.method == Method::POST).then_some(Refusal::WrongMethod("GET"))
    }
}
