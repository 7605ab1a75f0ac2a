//! `UIP-ASYNC-18/switch-opens-all`: the tenant's switch for long polls opens status and output too.

use crate::mock::RedirectAuth;
use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-18/switch-opens-all",
    sentence: "the tenant's switch for long polls opens status and output too",
    requirements: &["UIP-ASYNC-18"],
    affects: &[(Operation::Poll, Aspect::Status), (Operation::Output, Aspect::Status)],
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
