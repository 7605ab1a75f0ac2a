//! `ELMA-CANCEL-01/takes-the-neighbours`: a cancel takes every waiting task of the process out of the queue.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CANCEL-01/takes-the-neighbours",
    sentence: "a cancel takes every waiting task of the process out of the queue",
    requirements: &["ELMA-CANCEL-01"],
    affects: &[(Operation::Cancel, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn act(&self, exchange: &Exchange<'_>, world: &mut World) {
        let Some(label) = world.job(exchange.job).map(|job| job.order.label.clone()) else { return };
        if exchange.refusal.is_some() {
            return;
        }
        let neighbours = world.engine.jobs().filter(|(_, job)| job.order.label == label);
        let neighbours: Vec<_> = neighbours.map(|(key, _)| key).collect();
        for key in neighbours {
            world.engine.cancel(key, exchange.now);
        }
    }
}
