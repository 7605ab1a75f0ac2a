//! `ELMA-DL-09/path-is-stripped`: of a name with a path the last part is served.

use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-DL-09/path-is-stripped",
    sentence: "of a name with a path the last part is served",
    requirements: &["ELMA-DL-09"],
    affects: &[(Operation::Download, Aspect::Status)],
    provenance: Provenance::Observed,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn receive(&self, exchange: &mut Exchange<'_>, _: &World) {
        let mut body = exchange.sent_body();
        let last =
            body["filename"].as_str().and_then(|name| name.rsplit(['/', '\\']).next()).map(str::to_owned);
        if let Some(last) = last {
            body["filename"] = json!(last);
            exchange.request.body = body.to_string().into();
        }
    }
}
