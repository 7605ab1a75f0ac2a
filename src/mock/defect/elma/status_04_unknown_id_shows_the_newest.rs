//! `ELMA-STATUS-04/unknown-id-shows-the-newest`: a read of a task that never was shows the newest one.

use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-04/unknown-id-shows-the-newest",
    sentence: "a read of a task that never was shows the newest one",
    requirements: &["ELMA-STATUS-04"],
    affects: &[(Operation::Status, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn receive(&self, exchange: &mut Exchange<'_>, world: &World) {
        let mut body = exchange.sent_body();
        let asked = body["id"].as_u64().and_then(|number| world.engine.find(number));
        let newest = world.engine.jobs().next_back();
        if let (None, Some((_, newest))) = (asked, newest) {
            body["id"] = json!(newest.order.number);
            exchange.request.body = body.to_string().into();
        }
    }
}
