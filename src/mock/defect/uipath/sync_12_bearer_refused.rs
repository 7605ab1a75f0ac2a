//! `UIP-SYNC-12/bearer-refused`: where waits need no bearer, one that carries it is refused.

use crate::mock::RedirectAuth;
use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-12/bearer-refused",
    sentence: "where waits need no bearer, one that carries it is refused",
    requirements: &["UIP-SYNC-12"],
    affects: &[(Operation::Wait, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn refuses(&self, exchange: &Exchange<'_>) -> Option<Refusal> {
        let open = exchange.configuration.redirect_auth == RedirectAuth::InitialOnly;
        (open && exchange.has_authorization()).then_some(Refusal::UnknownCredential)
    }
}
