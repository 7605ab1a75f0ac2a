//! `ELMA-STATUS-20/end-moves-with-each-read`: every read of a completed task gives its own instant as the end of the run.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::{Job, State};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-20/end-moves-with-each-read",
    sentence: "every read of a completed task gives its own instant as the end of the run",
    requirements: &["ELMA-STATUS-20"],
    affects: &[(Operation::Status, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn view(&self, exchange: &Exchange<'_>, _: &World, job: &mut Job) {
        if job.state == State::Done {
            job.ended = Some(exchange.now);
        }
    }
}
