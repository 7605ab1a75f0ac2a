//! `UIP-GEN-09/always-waits`: a call that names no mode waits, whatever the trigger says.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::fixture::{Mode, Trigger};
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-09/always-waits",
    sentence: "a call that names no mode waits, whatever the trigger says",
    requirements: &["UIP-GEN-09"],
    affects: &[(Operation::Invoke, Aspect::Status)],
    provenance: Provenance::Doc(
        "a comment in the samples says of a call to be forgotten that it forces long polling",
    ),
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn mode(&self, exchange: &Exchange<'_>, _: &Trigger, mode: Mode) -> Mode {
        if exchange.sent_arguments().contains_key("$callMode") { mode } else { Mode::LongPolling }
    }
}
