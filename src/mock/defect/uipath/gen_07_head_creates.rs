//! `UIP-GEN-07/head-creates`: a HEAD on a trigger with another verb starts its job.

use hyper::Method;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance, stray};
use crate::mock::protocol::Refusal;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-07/head-creates",
    sentence: "a HEAD on a trigger with another verb starts its job",
    requirements: &["UIP-GEN-07", "UIP-GEN-03"],
    affects: &[(Operation::Invoke, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn act(&self, exchange: &Exchange<'_>, world: &mut World) {
        if matches!(exchange.refusal, Some(Refusal::WrongMethod(_))) && exchange.request.method == Method::HEAD {
            stray::of_refused_call(exchange, world);
        }
    }
}
