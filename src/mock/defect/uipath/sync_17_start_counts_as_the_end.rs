//! `UIP-SYNC-17/start-counts-as-the-end`: a waiting call is answered without a result as soon as its job leaves the queue.

use hyper::StatusCode;
use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Patience, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-17/start-counts-as-the-end",
    sentence: "a waiting call is answered without a result as soon as its job leaves the queue",
    requirements: &["UIP-SYNC-17", "UIP-SYNC-01"],
    affects: &[
        (Operation::Invoke, Aspect::Timing),
        (Operation::Invoke, Aspect::Body),
        (Operation::Wait, Aspect::Timing),
    ],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn patience(&self, exchange: &Exchange<'_>, world: &World, patience: &mut Patience) {
        let Some(job) = world.job(exchange.job) else { return };
        let queued = job.order.script.queued;
        if exchange.is_long_poll() && job.state.is_waiting() && !queued.is_zero() {
            patience.until = Some(job.created + queued);
        }
    }

    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        let queued = world.job(exchange.job).map(|job| job.order.script.queued).unwrap_or_default();
        if exchange.is_long_poll() && !queued.is_zero() && !exchange.job_has_ended(world) {
            *answer = Answer::json(StatusCode::OK, &json!({}));
        }
    }
}
