//! `UIP-GEN-09/always-polled`: a call that names no mode is polled, whatever the trigger says.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::fixture::{Mode, Trigger};
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-09/always-polled",
    sentence: "a call that names no mode is polled, whatever the trigger says",
    requirements: &["UIP-GEN-09"],
    affects: &[(Operation::Invoke, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn mode(&self, exchange: &Exchange<'_>, _: &Trigger, mode: Mode) -> Mode {
        if exchange.sent_arguments().contains_key("$callMode") { mode } else { Mode::AsyncRequestReply }
    }
}
