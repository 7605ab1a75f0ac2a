//! `ELMA-STATUS-27/fiftieth-read-creates`: the fiftieth read of a task makes another one.

use crate::mock::defect::stray;
use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-27/fiftieth-read-creates",
    sentence: "the fiftieth read of a task makes another one",
    requirements: &["ELMA-STATUS-27"],
    affects: &[(Operation::Status, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn act(&self, exchange: &Exchange<'_>, world: &mut World) {
        const PAGE: usize = 50;
        if exchange.times(world) % PAGE == PAGE - 1 {
            stray::copy(exchange, world);
        }
    }
}
