//! `ELMA-STATUS-08/long-run-looks-queued`: a task that has run for some seconds shows in the queue again.

use std::time::Duration;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::{Job, State};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-08/long-run-looks-queued",
    sentence: "a task that has run for some seconds shows in the queue again",
    requirements: &["ELMA-STATUS-08"],
    affects: &[(Operation::Status, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn view(&self, exchange: &Exchange<'_>, _: &World, job: &mut Job) {
        let ran = job.started.map(|started| exchange.now.saturating_sub(started));
        if job.state == State::Running && ran.is_some_and(|ran| ran > SILENCE) {
            job.state = State::Queued;
        }
    }
}

/// A bot that was not heard of for so long counts as lost.
const SILENCE: Duration = Duration::from_secs(2);
