//! `UIP-SYNC-18/cap-too-early`: a job that is waited for is stopped well before the longest duration.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::Order;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-18/cap-too-early",
    sentence: "a job that is waited for is stopped well before the longest duration",
    requirements: &["UIP-SYNC-18"],
    affects: &[(Operation::Invoke, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn order(&self, _: &Exchange<'_>, _: &World, order: &mut Order) {
        order.script.limit = order.script.limit.map(|limit| limit * 4 / 5);
    }
}
