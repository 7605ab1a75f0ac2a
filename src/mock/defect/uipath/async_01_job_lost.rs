//! `UIP-ASYNC-01/job-lost`: the status URI leads to a job that was never stored.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::fixture::Mode;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-01/job-lost",
    sentence: "the status URI leads to a job that was never stored",
    requirements: &["UIP-ASYNC-01", "UIP-ASYNC-09"],
    affects: &[(Operation::Invoke, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn act(&self, exchange: &Exchange<'_>, world: &mut World) {
        if let (Some(key), true) = (exchange.job, exchange.is(Operation::Invoke, Mode::AsyncRequestReply)) {
            world.engine.forget(key);
        }
    }
}
