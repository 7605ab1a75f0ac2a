//! `ELMA-CANCEL-08/cancelled-starts-on-time`: a cancelled task begins all the same when its time in the queue is over.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::{Job, State};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CANCEL-08/cancelled-starts-on-time",
    sentence: "a cancelled task begins all the same when its time in the queue is over",
    requirements: &["ELMA-CANCEL-08"],
    affects: &[(Operation::Status, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn view(&self, exchange: &Exchange<'_>, _: &World, job: &mut Job) {
        let script = job.order.script;
        let begins = job.created + script.prepares.unwrap_or_default() + script.queued;
        if job.state == State::Cancelled && !script.held && exchange.now >= begins {
            job.history.pop();
            job.state = State::Running;
        }
    }
}
