//! `ELMA-AUTH-02/beginning-of-a-token-suffices`: tokens are compared as far as the registered one goes.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::Exchange;

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-AUTH-02/beginning-of-a-token-suffices",
    sentence: "tokens are compared as far as the registered one goes",
    requirements: &["ELMA-AUTH-02"],
    affects: &[(Operation::Create, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn waives(&self, exchange: &Exchange<'_>, refusal: &Refusal) -> bool {
        let sent = exchange.sent_body();
        let token = sent["auth_tkn"].as_str().unwrap_or_default();
        let systems = &exchange.configuration.fixtures.systems;
        *refusal == Refusal::UnknownCredential && systems.iter().any(|system| token.starts_with(&*system.token))
    }
}
