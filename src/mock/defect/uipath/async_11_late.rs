//! `UIP-ASYNC-11/late`: the end of a job shows only some seconds later.

use std::time::Duration;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::{Job, State};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-11/late",
    sentence: "the end of a job shows only some seconds later",
    requirements: &["UIP-ASYNC-11"],
    affects: &[(Operation::Poll, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn view(&self, exchange: &Exchange<'_>, _: &World, job: &mut Job) {
        const LATE: Duration = Duration::from_secs(6);
        if job.ended.is_some_and(|ended| exchange.now < ended + LATE) {
            job.state = State::Running;
        }
    }
}
