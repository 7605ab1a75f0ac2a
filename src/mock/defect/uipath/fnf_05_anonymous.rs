//! `UIP-FNF-05/anonymous`: a job to be forgotten is started without a bearer.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::fixture::Mode;
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-FNF-05/anonymous",
    sentence: "a job to be forgotten is started without a bearer",
    requirements: &["UIP-FNF-05", "UIP-GEN-02"],
    affects: &[(Operation::Invoke, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn waives(&self, exchange: &Exchange<'_>, refusal: &Refusal) -> bool {
        let credential = matches!(refusal, Refusal::MissingCredential | Refusal::UnknownCredential);
        credential && exchange.asked_mode() == Some(Mode::FireAndForget)
    }
}
