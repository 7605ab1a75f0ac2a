//! `UIP-GEN-10/query-mode-ignored`: the mode in a query is ignored.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::fixture::{Mode, Trigger};
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-10/query-mode-ignored",
    sentence: "the mode in a query is ignored",
    requirements: &["UIP-GEN-10", "UIP-GEN-08"],
    affects: &[(Operation::Invoke, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn mode(&self, exchange: &Exchange<'_>, trigger: &Trigger, mode: Mode) -> Mode {
        if exchange.request.query_entry("$callMode").is_some() { trigger.mode } else { mode }
    }
}
