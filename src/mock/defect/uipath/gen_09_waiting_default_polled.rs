//! `UIP-GEN-09/waiting-default-polled`: a call that names no mode is polled where the trigger is set to wait.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::fixture::{Mode, Trigger};
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-09/waiting-default-polled",
    sentence: "a call that names no mode is polled where the trigger is set to wait",
    requirements: &["UIP-GEN-09"],
    affects: &[(Operation::Invoke, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn mode(&self, exchange: &Exchange<'_>, trigger: &Trigger, mode: Mode) -> Mode {
        let names_none = !exchange.sent_arguments().contains_key("$callMode");
        if names_none && trigger.mode == Mode::LongPolling { Mode::AsyncRequestReply } else { mode }
    }
}
