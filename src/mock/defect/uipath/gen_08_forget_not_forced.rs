//! `UIP-GEN-08/forget-not-forced`: a call that wants its job forgotten gets a status URI.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::fixture::{Mode, Trigger};
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-08/forget-not-forced",
    sentence: "a call that wants its job forgotten gets a status URI",
    requirements: &["UIP-GEN-08", "UIP-FNF-01"],
    affects: &[(Operation::Invoke, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn mode(&self, _: &Exchange<'_>, trigger: &Trigger, mode: Mode) -> Mode {
        if mode == Mode::FireAndForget { trigger.mode } else { mode }
    }
}
