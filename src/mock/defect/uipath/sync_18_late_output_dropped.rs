//! `UIP-SYNC-18/late-output-dropped`: a job that took most of the longest duration ends without its output.

use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::{Ending, Job, State};
use crate::mock::fixture::Mode;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-18/late-output-dropped",
    sentence: "a job that took most of the longest duration ends without its output",
    requirements: &["UIP-SYNC-18"],
    affects: &[(Operation::Wait, Aspect::Body), (Operation::Invoke, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn view(&self, exchange: &Exchange<'_>, _: &World, job: &mut Job) {
        let took = job.ended.map(|ended| ended.saturating_sub(job.created));
        let is_late = took.is_some_and(|took| took > exchange.configuration.cap / 2);
        if is_late && job.state == State::Done && exchange.mode != Some(Mode::AsyncRequestReply) {
            job.order.ending = Ending::Output(json!({}));
        }
    }
}
