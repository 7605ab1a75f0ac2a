//! `ELMA-CREATE-21/created-moves`: every read shows the moment of reading as the moment of creation.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::Job;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CREATE-21/created-moves",
    sentence: "every read shows the moment of reading as the moment of creation",
    requirements: &["ELMA-CREATE-21", "ELMA-STATUS-22"],
    affects: &[(Operation::Status, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn view(&self, exchange: &Exchange<'_>, _: &World, job: &mut Job) {
        job.created = exchange.now;
    }
}
