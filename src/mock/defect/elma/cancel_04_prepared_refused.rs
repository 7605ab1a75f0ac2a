//! `ELMA-CANCEL-04/prepared-refused`: a task can be cancelled only while it prepares, and no more once it is in the queue.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::State;
use crate::mock::protocol::{self, Refusal};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CANCEL-04/prepared-refused",
    sentence: "a task can be cancelled only while it prepares, and no more once it is in the queue",
    requirements: &["ELMA-CANCEL-01", "ELMA-CANCEL-04"],
    affects: &[(Operation::Cancel, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn skips(&self, exchange: &Exchange<'_>) -> bool {
        exchange.operation == Operation::Cancel && is_prepared(exchange)
    }

    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if exchange.refusal.is_none() && is_prepared(exchange) {
            *answer = protocol::refuse(exchange, Refusal::NotWaiting);
        }
    }
}

/// Whether the task that is to be cancelled has left its preparation and waits.
fn is_prepared(exchange: &Exchange<'_>) -> bool {
    exchange.decided.as_ref().is_some_and(|job| job.state == State::Queued)
}
