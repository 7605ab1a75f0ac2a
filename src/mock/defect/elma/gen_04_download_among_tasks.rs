//! `ELMA-GEN-04/download-among-tasks`: files are served below the path of the tasks too.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Request;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-GEN-04/download-among-tasks",
    sentence: "files are served below the path of the tasks too",
    requirements: &["ELMA-GEN-04"],
    affects: &[(Operation::Download, Aspect::Status)],
    provenance: Provenance::Doc("files have a path of their own, for no reason that is given"),
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn reroute(&self, request: &Request) -> Option<Operation> {
        (request.path == "/v1/orchestra/task/download").then_some(Operation::Download)
    }
}
