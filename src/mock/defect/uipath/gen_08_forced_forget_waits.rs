//! `UIP-GEN-08/forced-forget-waits`: a call that wants its job forgotten waits where the trigger is set so.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::fixture::{Mode, Trigger};
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-08/forced-forget-waits",
    sentence: "a call that wants its job forgotten waits where the trigger is set so",
    requirements: &["UIP-GEN-08"],
    affects: &[(Operation::Invoke, Aspect::Body), (Operation::Invoke, Aspect::Timing)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn mode(&self, _: &Exchange<'_>, trigger: &Trigger, mode: Mode) -> Mode {
        match (trigger.mode, mode) {
            (Mode::LongPolling, Mode::FireAndForget) => Mode::LongPolling,
            _ => mode,
        }
    }
}
