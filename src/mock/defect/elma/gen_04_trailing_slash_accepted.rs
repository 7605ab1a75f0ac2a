//! `ELMA-GEN-04/trailing-slash-accepted`: a path with a slash too many is served too.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol;
use crate::mock::server::message::Request;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-GEN-04/trailing-slash-accepted",
    sentence: "a path with a slash too many is served too",
    requirements: &["ELMA-GEN-04"],
    affects: &[
        (Operation::Create, Aspect::Status),
        (Operation::Status, Aspect::Status),
        (Operation::Cancel, Aspect::Status),
        (Operation::Download, Aspect::Status),
    ],
    provenance: Provenance::Observed,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn reroute(&self, request: &Request) -> Option<Operation> {
        let path = request.path.strip_suffix('/')?.to_owned();
        protocol::route(&Request { path, ..request.clone() })
    }
}
