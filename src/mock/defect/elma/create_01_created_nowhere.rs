//! `ELMA-CREATE-01/created-nowhere`: the task that was created is not there afterwards.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CREATE-01/created-nowhere",
    sentence: "the task that was created is not there afterwards",
    requirements: &["ELMA-CREATE-01", "ELMA-CREATE-12"],
    affects: &[(Operation::Create, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn act(&self, exchange: &Exchange<'_>, world: &mut World) {
        if let Some(key) = exchange.job {
            world.engine.forget(key);
        }
    }
}
