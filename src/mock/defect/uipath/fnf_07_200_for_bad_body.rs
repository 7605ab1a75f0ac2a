//! `UIP-FNF-07/200-for-bad-body`: a body that cannot be read starts a job to be forgotten, without arguments.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::fixture::Mode;
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-FNF-07/200-for-bad-body",
    sentence: "a body that cannot be read starts a job to be forgotten, without arguments",
    requirements: &["UIP-FNF-07"],
    affects: &[(Operation::Invoke, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn waives(&self, exchange: &Exchange<'_>, refusal: &Refusal) -> bool {
        matches!(refusal, Refusal::Malformed(_)) && exchange.asked_mode() == Some(Mode::FireAndForget)
    }
}
