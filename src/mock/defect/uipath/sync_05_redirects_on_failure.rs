//! `UIP-SYNC-05/redirects-on-failure`: a job that fails in time is redirected to instead of answered.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::State;
use crate::mock::fixture::Mode;
use crate::mock::protocol::uipath;
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-05/redirects-on-failure",
    sentence: "a job that fails in time is redirected to instead of answered",
    requirements: &["UIP-SYNC-05"],
    affects: &[(Operation::Invoke, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        let failed = world.job(exchange.job).filter(|job| job.state == State::Failed);
        if let (Some(job), true) = (failed, exchange.is(Operation::Invoke, Mode::LongPolling)) {
            *answer = uipath::redirect(exchange, &uipath::wait_reference(exchange, job));
        }
    }
}
