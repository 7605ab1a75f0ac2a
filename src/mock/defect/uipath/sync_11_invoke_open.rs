//! `UIP-SYNC-11/invoke-open`: where waits need no bearer, neither does the initial call.

use crate::mock::RedirectAuth;
use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-11/invoke-open",
    sentence: "where waits need no bearer, neither does the initial call",
    requirements: &["UIP-SYNC-11", "UIP-GEN-02"],
    affects: &[(Operation::Invoke, Aspect::Status)],
    provenance: Provenance::Doc("one part wants a token with each call, another one lets a setting relax it"),
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn waives(&self, exchange: &Exchange<'_>, refusal: &Refusal) -> bool {
        let open = exchange.configuration.redirect_auth == RedirectAuth::InitialOnly;
        open && matches!(refusal, Refusal::MissingCredential | Refusal::UnknownCredential)
    }
}
