//! `UIP-SYNC-03/redirects-though-done`: a job that ends in time is redirected to instead of answered.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::fixture::Mode;
use crate::mock::protocol::uipath;
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-03/redirects-though-done",
    sentence: "a job that ends in time is redirected to instead of answered",
    requirements: &["UIP-SYNC-03"],
    affects: &[(Operation::Invoke, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        let ended = world.job(exchange.job).filter(|job| job.state.is_final());
        if let (Some(job), true) = (ended, exchange.is(Operation::Invoke, Mode::LongPolling)) {
            *answer = uipath::redirect(exchange, &uipath::wait_reference(exchange, job));
        }
    }
}
