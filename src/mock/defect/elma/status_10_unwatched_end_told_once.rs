//! `ELMA-STATUS-10/unwatched-end-told-once`: the end of a task that nobody had read before is told once.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::{Job, State};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-10/unwatched-end-told-once",
    sentence: "the end of a task that nobody had read before is told once",
    requirements: &["ELMA-STATUS-10", "ELMA-STATUS-09"],
    affects: &[(Operation::Status, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn view(&self, exchange: &Exchange<'_>, world: &World, job: &mut Job) {
        let reads = world.past(exchange.job).iter().filter(|past| past.operation == Operation::Status);
        let first = reads.map(|past| past.at).min();
        if job.ended.zip(first).is_some_and(|(ended, first)| first >= ended) {
            job.state = State::Running;
        }
    }
}
