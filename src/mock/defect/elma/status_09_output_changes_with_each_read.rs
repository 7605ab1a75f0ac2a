//! `ELMA-STATUS-09/output-changes-with-each-read`: every read of a completed task gives another output.

use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::{Job, State};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-09/output-changes-with-each-read",
    sentence: "every read of a completed task gives another output",
    requirements: &["ELMA-STATUS-09"],
    affects: &[(Operation::Status, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn view(&self, exchange: &Exchange<'_>, world: &World, job: &mut Job) {
        if job.state == State::Done {
            job.order.rewrite_output("reads_out", json!(exchange.times(world)));
        }
    }
}
