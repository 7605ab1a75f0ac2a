//! `ELMA-GEN-04/tasks-in-the-repository`: tasks are served below the path of the files too.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Request;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-GEN-04/tasks-in-the-repository",
    sentence: "tasks are served below the path of the files too",
    requirements: &["ELMA-GEN-04"],
    affects: &[
        (Operation::Create, Aspect::Status),
        (Operation::Status, Aspect::Status),
        (Operation::Cancel, Aspect::Status),
    ],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn reroute(&self, request: &Request) -> Option<Operation> {
        match request.path.strip_prefix("/v1/repository/task/")? {
            "create" => Some(Operation::Create),
            "status" => Some(Operation::Status),
            "cancel" => Some(Operation::Cancel),
            _ => None,
        }
    }
}
