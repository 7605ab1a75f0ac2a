//! `ELMA-CANCEL-03/refused-but-kept-back`: another system's cancel of a task that is prepared is refused, and keeps it in the queue until somebody lets it go.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::State;
use crate::mock::protocol::Refusal;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CANCEL-03/refused-but-kept-back",
    sentence: "another system's cancel of a task that is prepared is refused, and keeps it in the queue until somebody lets it go",
    requirements: &["ELMA-CANCEL-03"],
    affects: &[(Operation::Cancel, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn act(&self, exchange: &Exchange<'_>, world: &mut World) {
        let is_prepared = world.job(exchange.job).is_some_and(|job| job.state == State::Queued);
        if let (Some(key), Some(Refusal::NotCreator), true) = (exchange.job, exchange.refusal, is_prepared) {
            world.engine.hold(key, exchange.now);
        }
    }
}
