//! `ELMA-DL-02/id-accepted`: a download takes the id under the name that the other calls use, too.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-DL-02/id-accepted",
    sentence: "a download takes the id under the name that the other calls use, too",
    requirements: &["ELMA-DL-02"],
    affects: &[(Operation::Download, Aspect::Status)],
    provenance: Provenance::Doc("the id of a task has one name in a download and another in the other calls"),
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn receive(&self, exchange: &mut Exchange<'_>, _: &World) {
        let mut body = exchange.sent_body();
        if let Some(id) = body.get("id").cloned() {
            body["taskid"] = id;
            exchange.request.body = body.to_string().into();
        }
    }
}
