//! `UIP-GEN-08/callmode-ignored`: the mode that a call asks for is ignored.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::fixture::{Mode, Trigger};
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-08/callmode-ignored",
    sentence: "the mode that a call asks for is ignored",
    requirements: &["UIP-GEN-08"],
    affects: &[(Operation::Invoke, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn mode(&self, _: &Exchange<'_>, trigger: &Trigger, _: Mode) -> Mode {
        trigger.mode
    }
}
