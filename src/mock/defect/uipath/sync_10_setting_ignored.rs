//! `UIP-SYNC-10/setting-ignored`: the wait needs the bearer, though the tenant switched that off.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-10/setting-ignored",
    sentence: "the wait needs the bearer, though the tenant switched that off",
    requirements: &["UIP-SYNC-10"],
    affects: &[(Operation::Wait, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn ignores_switch(&self, _: &Exchange<'_>) -> bool {
        true
    }
}
